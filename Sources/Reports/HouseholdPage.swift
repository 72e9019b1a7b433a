import Billing
import Foundation
import Metering

/// The page of a household's running billing period.
package struct HouseholdPage: Sendable {
    struct Figure: Sendable {
        let caption: String
        let value: String
        let detail: String
    }

    struct MonthLink: Sendable {
        let link: String
        let name: String
        let energy: String
        let seen: String
        let cost: String
    }

    let root: String
    let live: String
    let pageTitle: String
    let name: String
    let consumer: String
    let asOf: String
    let freshness: String
    let isStale: Bool
    let figures: [Figure]
    let period: PeriodView
    let bill: BillView?
    let months: [MonthLink]
    let hasMonths: Bool
    let tariffNote: String
    /// What lies ahead in the tariff: the next jump of the bill, and the odds of each slab.
    let ahead: [String]
    let hasAhead: Bool
    let forecast: ForecastView?
}

extension HouseholdPage {
    /// The page with its charts and the pictures of its bills.
    ///
    /// - Parameter published: what is shown now: pictures that would be the same are taken from there.
    package static func files(
        _ report: HouseholdReport, _ templates: Templates, published: PublishedSite = .none
    ) throws -> [SiteFile] {
        let folder = "households/\(report.slug)"
        let figures = PeriodFigures(currentOf: report)
        let (period, charts) = try PeriodView.make(figures, in: PageFolder(path: folder, published: published))
        let page = HouseholdPage(report, figures, period)
        let bills = try report.bills.flatMap { try BillFiles.files($0, of: report, in: "\(folder)/bills") }
        return charts + bills + [SiteFile("\(folder)/index.html", try templates.render(page, with: "household"))]
    }

    private init(_ report: HouseholdReport, _ figures: PeriodFigures, _ period: PeriodView) {
        let wording = report.wording
        root = "../../"
        live = "\(root)live.html?household=\(report.slug)"
        pageTitle = "\(report.name), \(figures.title)"
        name = report.name
        consumer = report.consumerNumber.map { "Consumer number \($0)" } ?? ""
        asOf = wording.instant(report.asOf)
        isStale = report.isStale
        freshness =
            "Last reading \(wording.instant(report.lastReading))"
            + (isStale ? ", \(wording.duration(report.age)) ago" : "")
        self.figures = Self.headline(report, figures)
        self.period = period
        bill = report.bills.last.map { BillView($0, of: report, root: "../../") }
        months = report.closedMonths.reversed().map { Self.link(to: $0, of: report) }
        hasMonths = !months.isEmpty
        ahead = report.aheadTexts
        hasAhead = !ahead.isEmpty
        forecast = ForecastView(report, figures)
        tariffNote = report.tariff == nil ? "There is no tariff for this household yet, so no bill is reckoned." : ""
    }

    private static func headline(_ report: HouseholdReport, _ figures: PeriodFigures) -> [Figure] {
        let wording = report.wording
        var shown: [Figure] = []
        let total = figures.total
        shown.append(
            Figure(
                caption: "\(figures.title) so far", value: total.map { wording.energy($0.energy) } ?? "no data",
                detail: "until \(wording.instant(min(report.lastReading, report.asOf)))"))
        if let forecast = report.forecast, forecast.period == figures.period {
            shown.append(
                Figure(
                    caption: "Expected at the end", value: "\(wording.energy(forecast.expected, places: 0))",
                    detail: "probably \(wording.kilowattHours(forecast.low, places: 0)) to "
                        + "\(wording.energy(forecast.high, places: 0))"))
        }
        if let outlook = report.billOutlook {
            shown.append(
                Figure(
                    caption: "Expected bill", value: wording.money(outlook.bill.mean, outlook.currency),
                    detail: "probably \(wording.money(outlook.bill.low, outlook.currency)) to "
                        + "\(wording.money(outlook.bill.high, outlook.currency))"))
        }
        if let last = report.bills.last {
            shown.append(
                Figure(
                    caption: "Last bill", value: wording.money(last.bill.total, last.bill.currency),
                    detail: "\(wording.period(last.bill.period)), \(wording.energy(last.bill.billedEnergy, places: 0))")
            )
        }
        return shown
    }

    private static func link(to month: LocalMonth, of report: HouseholdReport) -> MonthLink {
        let wording = report.wording
        let total = report.total(of: month)
        let bill = report.bill(endingIn: month)
        return MonthLink(
            link: "\(month)/index.html", name: wording.month(month),
            energy: total.map { wording.kilowattHours($0.energy) } ?? "no data",
            seen: wording.percent(total?.coverage.share ?? 0),
            cost: bill.map { wording.money($0.bill.total, $0.bill.currency) } ?? "–")
    }
}

extension HouseholdReport {
    /// The bill whose last day lies in the month.
    func bill(endingIn month: LocalMonth) -> ReportedBill? {
        bills.last { $0.bill.period.lastDay.inMonth == month }
    }
}
