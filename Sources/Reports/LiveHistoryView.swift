import Control
import Foundation

/// The alerts and switchings of a period in words, the newest first.
struct LiveHistoryView: Sendable {
    let alertSummary: String
    let alerts: [String]
    let switchingSummary: String
    let switchings: [String]

    init(_ figures: PeriodFigures) {
        let (wording, asOf) = (figures.wording, figures.report.asOf)
        let told = figures.alerts.reversed().map { AlertText($0, asOf: asOf, wording) }
        let open = told.count { $0.goesOn }
        let lasting = open == 0 ? "" : "; \(open == told.count ? "" : "\(open) of them ")still open"
        alertSummary = told.isEmpty ? "" : wording.count(told.count, "alert", "alerts") + lasting
        alerts = told.map(\.text)
        switchings = figures.switchings.reversed().map { SwitchingText($0, wording).text }
        switchingSummary = switchings.isEmpty ? "" : "Switched \(wording.count(switchings.count, "time", "times"))"
    }
}

extension PeriodFigures {
    /// The alerts that opened in the period.
    var alerts: [Alert] {
        report.live.alerts.filter { span.contains($0.openedAt) && $0.openedAt <= report.asOf }
    }

    /// The orders of the period.
    var switchings: [Switching] {
        report.live.switchings.filter {
            span.contains($0.order.draft.orderedAt) && $0.order.draft.orderedAt <= report.asOf
        }
    }
}

/// An alert as it was told, and how it ended as far as was known then.
private struct AlertText {
    let text: String
    let goesOn: Bool

    init(_ alert: Alert, asOf: Date, _ wording: Wording) {
        let over = alert.resolvedAt.flatMap { $0 <= asOf ? $0 : nil }
        goesOn = over == nil
        let end = over.map { over in
            let length = wording.duration(over.timeIntervalSince(alert.openedAt))
            return " Over after \(length)\(alert.resolvedBy.map { ", settled by \($0)" } ?? "")."
        }
        text = "\(wording.instant(alert.openedAt)): \(alert.sentence)\(end ?? " Not over yet.")"
    }
}

/// Who switched what and why, and what became of it.
private struct SwitchingText {
    let text: String

    init(_ switching: Switching, _ wording: Wording) {
        let (order, draft) = (switching.order, switching.order.draft)
        let reason = draft.reason.isEmpty ? "" : " (\(draft.reason))"
        let turned = order.isOn ? "on" : "off"
        text =
            "\(wording.instant(draft.orderedAt)): \(switching.socket) \(turned), by \(draft.author)\(reason). "
            + Self.outcome(of: order, turned, wording)
    }

    private static func outcome(of order: RelayOrder, _ turned: String, _ wording: Wording) -> String {
        switch order.state {
        case .queued, .sent: "Not answered yet."
        case .acknowledged, .unconfirmed: "The device says \(turned); the watts do not tell."
        case .confirmed: "Confirmed\(change(order, wording))."
        case .stuck where order.isOn: "The contact did not close."
        case .stuck: "The contact did not open."
        case .expired: "The device did not answer in time: nothing was switched."
        case .replaced: "Replaced by a later order."
        }
    }

    private static func change(_ order: RelayOrder, _ wording: Wording) -> String {
        guard let before = order.wattsBefore, let after = order.wattsAfter else { return " by the watts" }
        let verb = after < before ? "fell" : "rose"
        return ": \(wording.number(before, 0)) W \(verb) to \(wording.number(after, 0)) W"
    }
}
