import Analysis
import Billing
import Foundation
import Metering

/// What pages of a running and of a closed period share.
struct PeriodView: Sendable {
    let periodTitle: String
    let charts: [ChartView]
    let findings: [FindingView]
    let eventSummary: String
    let events: [EventView]
    let receipt: [TableView.Row]
    let outageSummary: String
    let restatedNote: String
    let corrections: [String]
    let comparisons: [String]
    let meters: [TableView.Row]
    let live: LiveHistoryView
    // Mustache asks a list for each of its members; these ask whether there is one.
    let hasFindings: Bool
    let hasEvents: Bool
    let hasCorrections: Bool
    let hasComparisons: Bool
    let hasMeters: Bool
    let hasAlerts: Bool
    let hasSwitchings: Bool

    static func make(_ figures: PeriodFigures, in folder: PageFolder) throws -> (view: PeriodView, files: [SiteFile]) {
        let charts = try [
            figures.dailyChart(in: folder), figures.sumChart(in: folder), figures.hourChart(in: folder),
        ]
        let events = EventsView(figures)
        let live = LiveHistoryView(figures)
        let (comparisons, meters) = (figures.comparisons, figures.otherMeters)
        let findings = try figures.rankedFindings.map { try FindingView.make($0, figures, in: folder) }
        let view = PeriodView(
            periodTitle: figures.title, charts: charts.map(\.view), findings: findings.map(\.view),
            eventSummary: events.eventSummary, events: events.events, receipt: events.receipt,
            outageSummary: figures.outageSummary, restatedNote: figures.restatedNote,
            corrections: figures.correctionTexts,
            comparisons: comparisons,
            meters: meters, live: live, hasFindings: !findings.isEmpty, hasEvents: !events.events.isEmpty,
            hasCorrections: !figures.correctionTexts.isEmpty,
            hasComparisons: !comparisons.isEmpty, hasMeters: !meters.isEmpty,
            hasAlerts: !live.alerts.isEmpty, hasSwitchings: !live.switchings.isEmpty)
        return (view, findings.flatMap(\.files) + charts.flatMap(\.files))
    }
}

extension PeriodFigures {
    /// Against the period before and the same one a year earlier, over the same number of days.
    var comparisons: [String] {
        let days = pastDates.filter { $0 < report.today }.count
        guard days > 0, let now = report.total(from: period.first, to: period.first.adding(days: days))
        else { return [] }
        let yearAgo = period.first.inMonth.adding(months: -12)
        let candidates = [
            (titleBefore, before.first, before.end),
            (
                wording.month(yearAgo), yearAgo.day(clamping: period.first.day),
                yearAgo.adding(months: 1).day(clamping: period.first.day)
            ),
        ]
        return candidates.compactMap { name, first, end in
            let last = min(first.adding(days: days), end)
            guard let then = report.total(from: first, to: last) else { return nil }
            let span =
                last == end && period.end <= report.today
                ? name : "the first \(wording.count(days, "day", "days")) of \(name)"
            guard then.coverage.share >= 0.9, now.coverage.share >= 0.9, then.energy > .zero else {
                return "In \(span) it was \(wording.energy(then.energy)); too little was seen for a comparison."
            }
            let change = now.energy.kilowattHours / then.energy.kilowattHours - 1
            let against = "(\(wording.energy(now.energy)) against \(wording.energy(then.energy)))."
            guard abs(change) >= 0.005 else { return "As much as in \(span) \(against)" }
            return
                "\(wording.percent(abs(change), places: 0)) \(change > 0 ? "more" : "less") than in \(span) \(against)"
        }
    }

    var otherMeters: [TableView.Row] {
        report.otherMeters.compactMap { meter in
            let total = report.total(of: meter.series, from: period.first, to: period.end)
            let role =
                switch meter.role {
                case .main, .sub: "part of the whole"
                case .export: "given to the grid"
                case .production: "made at home"
                }
            return TableView.Row(
                title: meter.name,
                cells: [
                    role, total.map { wording.kilowattHours($0.energy) } ?? "no data",
                    wording.percent(total?.coverage.share ?? 0),
                ])
        }
    }
}
