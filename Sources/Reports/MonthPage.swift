import Foundation
package import Metering

/// The page of a closed calendar month.
package struct MonthPage: Sendable {
    let root: String
    let pageTitle: String
    let name: String
    let consumer: String
    let total: String
    let coverage: String
    let isIncomplete: Bool
    let period: PeriodView
    let bill: BillView?
    let earlier: String
    let later: String
    let hasEarlier: Bool
    let earlierName: String
    let laterName: String
}

extension MonthPage {
    /// The page with its charts and the days as CSV.
    ///
    /// - Parameter published: what is shown now: pictures that would be the same are taken from there.
    package static func files(
        _ month: LocalMonth, of report: HouseholdReport, _ templates: Templates, published: PublishedSite = .none
    ) throws -> [SiteFile] {
        let folder = "households/\(report.slug)/\(month)"
        let figures = PeriodFigures(report, month: month)
        let (period, charts) = try PeriodView.make(figures, in: PageFolder(path: folder, published: published))
        guard let page = MonthPage(month, report, figures, period) else {
            throw ReportsError(.figures, "nothing is known of \(month)")
        }
        return charts + [
            SiteFile("\(folder)/days.csv", figures.csv),
            SiteFile("\(folder)/index.html", try templates.render(page, with: "month")),
        ]
    }

    private init?(_ month: LocalMonth, _ report: HouseholdReport, _ figures: PeriodFigures, _ period: PeriodView) {
        guard let whole = figures.total else { return nil }
        let wording = report.wording
        let closed = report.closedMonths
        root = "../../../"
        pageTitle = "\(report.name), \(figures.title)"
        name = report.name
        consumer = report.consumerNumber.map { "Consumer number \($0)" } ?? ""
        total = wording.energy(whole.energy, places: 3)
        let share = whole.coverage.share
        isIncomplete = !whole.coverage.isComplete
        coverage =
            isIncomplete
            ? "Seen for \(wording.percent(share, places: 2)) of the month." : "Seen for the whole month."
        self.period = period
        bill = report.bill(endingIn: month).map { BillView($0, of: report, root: "../../../") }
        let previous = closed.last { $0 < month }
        let next = closed.first { $0 > month }
        earlier = previous.map { "../\($0)/index.html" } ?? ""
        hasEarlier = previous != nil
        earlierName = previous.map(wording.month) ?? ""
        later = next.map { "../\($0)/index.html" } ?? "../index.html"
        laterName = next.map(wording.month) ?? "Now"
    }
}

extension PeriodFigures {
    /// Exact figures with a point, one line a day; empty where nothing is known.
    var csv: String {
        let plain = Wording(locale: "en", clock: report.clock)
        func exact(_ energy: Energy) -> String { plain.kilowattHours(energy, places: 6).filter { $0 != "," } }
        func line(_ day: LocalDate) -> String {
            let shown = report.series[day]
            let whole = known(day)
            let peak = shown?.peakPower.map { plain.number(Double($0), 1).filter { $0 != "," } }
            let fields: [String] = [
                day.description, whole.map { exact($0.energy) } ?? "", String(whole?.coverage.observedSeconds ?? 0),
                whole.map { Self.words(for: $0.quality).replacing(", ", with: "; ") } ?? "no data",
                shown?.rawMaxMin.map(exact) ?? "",
                String(shown?.readingCount ?? 0), peak ?? "",
            ]
            return fields.joined(separator: ",")
        }
        let lines = pastDates.map(line)
        return (["day,kWh,observed_s,quality,raw_max_min_kWh,readings,peak_W"] + lines).joined(separator: "\n") + "\n"
    }
}
