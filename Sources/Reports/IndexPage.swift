package import Foundation
import Metering

/// The page that names all households.
package struct IndexPage: Sendable {
    /// A household's place on the page; kept beside its page, so that one that fails keeps its last.
    package struct Entry: Codable, Hashable, Sendable {
        package let slug: String
        let name: String
        let month: String
        let soFar: String
        let expected: String
        let cost: String
        let freshness: String
        let isStale: Bool
        let findings: [String]
        let asOf: String

        package init(_ report: HouseholdReport) {
            let figures = PeriodFigures(currentOf: report)
            let wording = report.wording
            slug = report.slug
            name = report.name
            month = figures.title
            soFar = figures.total.map { wording.energy($0.energy) } ?? "no data"
            expected =
                report.forecast.map {
                    "\(wording.energy($0.expected, places: 0)) (\(wording.kilowattHours($0.low, places: 0)) to "
                        + "\(wording.kilowattHours($0.high, places: 0)))"
                } ?? "–"
            cost = report.billOutlook.map { wording.money($0.bill.mean, $0.currency) } ?? "–"
            freshness = wording.instant(report.lastReading)
            isStale = report.isStale
            findings = figures.findings
            asOf = wording.instant(report.asOf)
        }

        package init(kept json: Data) throws {
            self = try JSONDecoder().decode(Entry.self, from: json)
        }

        /// Where the entry is kept.
        package static func path(of slug: String) -> String {
            "households/\(slug)/summary.json"
        }

        package var file: SiteFile {
            get throws {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
                return SiteFile(Self.path(of: slug), try encoder.encode(self))
            }
        }
    }

    /// What became of a household's page in this run.
    package enum State: Sendable {
        case renewed(Entry)
        /// The last good page stays.
        case kept(Entry)
        /// There is no page.
        case missing(slug: String, name: String, reason: String)
    }

    struct Row: Sendable {
        let link: String
        let name: String
        let month: String
        let soFar: String
        let expected: String
        let cost: String
        let freshness: String
        let isStale: Bool
        let findings: [String]
        let isKept: Bool
        let keptAsOf: String
        let isMissing: Bool
        let reason: String
    }

    let root: String
    let pageTitle: String
    let count: String
    let rows: [Row]

    /// The page, the style, the icon and the scripts.
    package static func files(_ states: [State], _ templates: Templates) throws -> [SiteFile] {
        let page = IndexPage(
            root: "", pageTitle: "WattBuddy", count: states.count == 1 ? "1 household" : "\(states.count) households",
            rows: states.map(Row.init))
        let assets = templates.assets.sorted { $0.key < $1.key }.map { SiteFile($0.key, $0.value) }
        return assets + [SiteFile("index.html", try templates.render(page, with: "index"))]
    }
}

extension IndexPage.Row {
    fileprivate init(_ state: IndexPage.State) {
        switch state {
        case .renewed(let entry): self.init(entry, isKept: false)
        case .kept(let entry): self.init(entry, isKept: true)
        case .missing(_, let name, let reason):
            self.init(
                link: "", name: name, month: "", soFar: "", expected: "", cost: "", freshness: "", isStale: false,
                findings: [],
                isKept: false, keptAsOf: "", isMissing: true, reason: reason)
        }
    }

    private init(_ entry: IndexPage.Entry, isKept: Bool) {
        self.init(
            link: "households/\(entry.slug)/index.html", name: entry.name, month: entry.month, soFar: entry.soFar,
            expected: entry.expected, cost: entry.cost, freshness: entry.freshness, isStale: entry.isStale,
            findings: entry.findings,
            isKept: isKept, keptAsOf: entry.asOf, isMissing: false, reason: "")
    }
}
