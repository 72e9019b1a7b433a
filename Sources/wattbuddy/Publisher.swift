import Billing
import Control
import Foundation
import Metering
import Reports
import Store

/// Makes the pages of households and puts them in the place of the old ones.
struct Publisher: Sendable {
    let stores: Stores
    let templates: Templates
    let asOf: Date

    /// - Parameters:
    ///   - households: those to be renewed; the pages of others stay.
    ///   - failed: those whose earlier stages failed: their last good page stays.
    ///   - waits: whether to wait for another publisher.
    /// - Returns: the households whose pages could not be made.
    func publish(_ households: [Household], except failed: Set<String>, into output: String, waits: Bool) async throws
        -> [Failure]
    {
        var site = try Site(replacing: output, waits: waits)
        let (made, failures) = try await makePages(households.filter { !failed.contains($0.slug) }, on: &site)
        let bad = failed.union(failures.map(\.household))
        var states: [IndexPage.State] = []
        let all = try await stores.households.all()
        for household in all.households {
            if let entry = made[household.slug] {
                states.append(.renewed(entry))
            } else {
                let hasFailed = bad.contains(household.slug)
                states.append(try keep(household.slug, household.name, hasFailed: hasFailed, on: &site))
            }
        }
        for household in all.unreadable {
            states.append(try keep(household.slug, household.name, hasFailed: true, on: &site))
        }
        for file in try IndexPage.files(states, templates) + LivePages.files(templates) {
            try site.write(file.bytes, to: file.path)
        }
        _ = try site.publish()
        return failures
    }

    private func keep(_ slug: String, _ name: String, hasFailed: Bool, on site: inout Site) throws -> IndexPage.State {
        guard let json = site.published(IndexPage.Entry.path(of: slug)) else {
            let reason = hasFailed ? "it could not be made in the last run." : "there are no readings yet."
            return .missing(slug: slug, name: name, reason: reason)
        }
        try site.keep("households/\(slug)")
        let entry: IndexPage.Entry
        do { entry = try IndexPage.Entry(kept: json) } catch is DecodingError {
            return .missing(slug: slug, name: name, reason: "its last one was made by another version of the program.")
        }
        return hasFailed ? .kept(entry) : .renewed(entry)
    }

    /// Households whose pages are made at once, so that the pictures of few lie in memory together.
    private static let atOnce = 4

    /// What is done is written while the next are made.
    private func makePages(_ households: [Household], on site: inout Site) async throws
        -> (made: [String: IndexPage.Entry], failures: [Failure])
    {
        var made: [String: IndexPage.Entry] = [:]
        var failures: [Failure] = []
        var progress = Progress("publish")
        let published = site.published
        try await withThrowingTaskGroup(of: Result<Pages?, Failure>.self) { group in
            var waiting = households[...]
            for household in waiting.prefix(Self.atOnce) {
                group.addTask { await attempt(household, replacing: published) }
            }
            waiting = waiting.dropFirst(Self.atOnce)
            for try await result in group {
                if let household = waiting.popFirst() {
                    group.addTask { await attempt(household, replacing: published) }
                }
                switch result {
                case .success(let pages?):
                    for file in pages.files { try site.write(file.bytes, to: file.path) }
                    made[pages.entry.slug] = pages.entry
                case .success(nil): break
                case .failure(let failure): failures.append(failure)
                }
                progress.show(1 - Double(waiting.count) / Double(households.count))
            }
        }
        progress.finish()
        return (made, failures.sorted { $0.household < $1.household })
    }

    private func attempt(_ household: Household, replacing published: PublishedSite) async -> Result<Pages?, Failure> {
        do { return .success(try await pages(of: household, replacing: published)) } catch {
            return .failure(Failure(household: household.slug, stage: "publish", error: error))
        }
    }

    private struct Pages: Sendable {
        let entry: IndexPage.Entry
        let files: [SiteFile]
    }

    /// Nil when nothing is known of the household yet.
    private func pages(of household: Household, replacing published: PublishedSite) async throws -> Pages? {
        guard let report = try await stores.report(of: household, asOf: asOf) else { return nil }
        let entry = IndexPage.Entry(report)
        var files = try HouseholdPage.files(report, templates, published: published)
        for month in report.closedMonths {
            files += try MonthPage.files(month, of: report, templates, published: published)
        }
        return Pages(entry: entry, files: files + [try entry.file])
    }
}

extension Stores {
    /// All that is known of a household at `asOf`; nil without a main meter or readings.
    func report(of household: Household, asOf: Date) async throws -> HouseholdReport? {
        guard let meter = try await households.mainMeter(of: household),
            let last = try await readings.last(of: meter, knownBy: asOf),
            let first = try await consumption.firstDay(of: meter)
        else { return nil }
        let clock = household.clock
        let end = clock.date(at: asOf).adding(days: 1)
        let issued = try await bills.newest(of: meter, from: household.cycle.period(containing: first).first, to: end)
        return HouseholdReport(
            slug: household.slug, name: household.name, consumerNumber: household.consumerNumber,
            wording: Wording(locale: household.locale, clock: clock), asOf: asOf, cycle: household.cycle,
            account: household.account,
            tariff: try await tariffs.tariff(of: household, on: clock.date(at: asOf))?.tariff,
            series: try await consumption.series(of: meter, from: first, to: end),
            events: try await consumption.events(of: meter, in: clock.period(from: first, to: end)),
            outages: try await consumption.outages(of: meter, in: clock.period(from: first, to: end)),
            corrections: try await corrections.all(of: meter).filter { $0.holds(at: asOf) }.map(\.correction),
            findings: try await findings.findings(of: meter, in: clock.period(from: first, to: end), nightsBefore: end)
                .filter { $0.fineAt == nil }.map(\.finding),
            forecast: try await analysis.forecast(of: meter, on: clock.date(at: last)),
            trials: try await analysis.trials(of: meter, until: end),
            bills: try await reported(issued),
            lastReading: last, otherMeters: try await others(of: household, from: first, to: end),
            live: try await history(of: household, in: clock.period(from: first, to: end)))
    }

    private func history(of household: Household, in period: Range<Date>) async throws -> LiveHistory {
        var switchings: [Switching] = []
        for device in try await devices.devices(of: household.id) {
            switchings += try await relays.orders(of: device.id, in: period).map { order in
                Switching(socket: device.socketNames[order.relay == .first ? 0 : 1], order: order)
            }
        }
        return LiveHistory(
            alerts: try await alerts.alerts(of: household.id, in: period),
            switchings: switchings.sorted {
                ($0.order.draft.orderedAt, $0.order.id) < ($1.order.draft.orderedAt, $1.order.id)
            })
    }

    /// Bills with what they were made from, as far as their receipts tell.
    func reported(_ issued: [IssuedBill]) async throws -> [ReportedBill] {
        var found: [ReportedBill] = []
        for bill in issued {
            var basis: BilledCase?
            var estimated: Energy?
            if let text = bill.receipt {
                let receipt = try Receipt(json: text)
                let tariff = try await tariffs.shelf.tariff(receipt.tariff.text, sha256: receipt.tariff.sha256)
                basis = try receipt.billedCase(of: bill.bill, by: tariff)
                estimated = receipt.register.flatMap { Energy(kilowattHours: $0.estimated) }
            }
            found.append(
                ReportedBill(
                    bill: bill.bill, revision: bill.revision, coverage: bill.coverage, receipt: bill.receipt,
                    basis: basis, estimated: estimated))
        }
        return found
    }

    private func others(of household: Household, from first: LocalDate, to end: LocalDate) async throws -> [OtherMeter]
    {
        var others: [OtherMeter] = []
        for meter in try await households.meters(of: household) where meter.role != .main {
            let series = try await consumption.series(of: meter, from: first, to: end)
            others.append(OtherMeter(name: meter.name, role: meter.role, series: series))
        }
        return others
    }
}
