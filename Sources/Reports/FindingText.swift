import Analysis
import Billing
import Foundation
import Metering
import Notices

/// A finding in plain words: when, what was seen and what would have been usual, and what it is worth.
struct FindingText: Sendable {
    let text: String

    init(_ ranked: RankedFinding, _ figures: PeriodFigures) {
        let (finding, wording) = (ranked.finding, figures.wording)
        let cost = ranked.cost.flatMap { cost in figures.report.tariff.map { wording.money(cost, $0.currency) } }
        if let jump = finding.evidence?.jump {
            text = Self.text(of: jump, finding, cost: cost ?? "more", wording)
            return
        }
        let notice = finding.kind.notice
        let what = notice.pastText([
            "observed": Self.figure(finding.observed, notice.unit, wording),
            "usual": Self.figure(finding.usual, notice.unit, wording),
        ])
        text = "\(Self.when(finding, wording)): \(what)\(Self.worth(finding, cost, wording))"
    }

    private static func worth(_ finding: NightFinding, _ cost: String?, _ wording: Wording) -> String {
        // A register that stood still lost energy; its bill is not higher for it.
        guard finding.kind != .register, let extra = finding.extra, extra > .zero else { return "" }
        return " That is \(wording.energy(extra)) more\(cost.map { ", worth about \($0)" } ?? "")."
    }

    /// A day where it is one, else from when to when.
    static func when(_ finding: NightFinding, _ wording: Wording) -> String {
        let day = wording.clock.date(at: finding.period.lowerBound)
        return wording.clock.period(of: day) == finding.period ? wording.weekday(day) : wording.span(finding.period)
    }

    private static func figure(_ value: Double, _ unit: NoticeUnit, _ wording: Wording) -> String {
        switch unit {
        case .kilowattHours: "\(wording.number(value, 1)) kWh"
        case .seconds: wording.duration(value)
        case .hours: wording.duration(value * 3600)
        case .volts: "\(wording.number(value, 0)) V"
        case .amperes: "\(wording.number(value, 1)) A"
        case .watts: "\(wording.number(value, 0)) W"
        }
    }
}

extension FindingText {
    private static func text(
        of jump: BillJumpFacts, _ finding: NightFinding, cost: String, _ wording: Wording
    ) -> String {
        let told = wording.weekday(wording.clock.date(at: finding.period.lowerBound))
        let places = [
            "observed": "\(wording.number(finding.observed, 0)) kWh",
            "usual": "\(wording.number(finding.usual, 0)) kWh", "when": when(jump, wording), "cost": cost,
            "budget": "\(wording.number(jump.dailyBudget, 1)) kWh",
            "pace": "\(wording.number(jump.dailyPace, 1)) kWh",
        ]
        return "As of \(told): \(jump.reason.phrase.text(places))"
    }

    /// `It is probably passed on 24 Mar, between 22 Mar and 27 Mar (odds 88 %).`
    private static func when(_ jump: BillJumpFacts, _ wording: Wording) -> String {
        let odds = "(odds \(wording.percent(min(max(jump.odds, 0.01), 0.99), places: 0)))"
        guard let day = jump.crossing.map(wording.shortDate) else {
            return "It is probably passed at the end of the period \(odds)."
        }
        let first = jump.earliest.map(wording.shortDate)
        let between =
            switch (first, jump.latest.map(wording.shortDate)) {
            case (let first?, let last?): first == last ? "" : ", between \(first) and \(last)"
            case (let first?, nil): ", not before \(first)"
            case (nil, _): ""
            }
        return "It is probably passed on \(day)\(between) \(odds)."
    }
}

extension BillJumpFacts.Reason {
    var title: String {
        switch self {
        case .cliff: NoticeKind.billJump.notice.title
        case .step: NoticePhrase.billJumpStepTitle.text()
        case .aboveUsual: NoticePhrase.billJumpAboveUsualTitle.text()
        }
    }

    fileprivate var phrase: NoticePhrase {
        switch self {
        case .cliff: .billJumpCliff
        case .step: .billJumpStep
        case .aboveUsual: .billJumpAboveUsual
        }
    }
}
