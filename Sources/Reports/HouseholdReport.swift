package import Analysis
package import Billing
package import Foundation
package import Metering

/// All that a household's pages are made of; nothing in it is later than `asOf`.
package struct HouseholdReport: Sendable {
    package let slug: String
    package let name: String
    package let consumerNumber: String?
    package let wording: Wording
    package let asOf: Date
    package let cycle: BillingCycle
    package let account: Account
    /// In force today; nil when the household has none.
    package let tariff: Tariff?
    /// Every day that was rolled up, the one of `asOf` included.
    package let series: ConsumptionSeries
    package let events: [RegisterEvent]
    package let outages: [Outage]
    /// Those in force.
    package let corrections: [Correction]
    /// What the nights found and nobody called fine.
    package let findings: [NightFinding]
    package let forecast: Forecast?
    /// What would have been forecast of the last periods, and what came.
    package let trials: [ForecastTrial]
    /// The newest revision of each.
    package let bills: [ReportedBill]
    package let lastReading: Date
    package let otherMeters: [OtherMeter]
    /// What was told and switched.
    package let live: LiveHistory
    /// Hundreds of bills are made for it, so it is made once.
    private(set) var billOutlook: BillOutlook?

    package init(
        slug: String, name: String, consumerNumber: String?, wording: Wording, asOf: Date, cycle: BillingCycle,
        account: Account, tariff: Tariff?, series: ConsumptionSeries, events: [RegisterEvent],
        outages: [Outage] = [], corrections: [Correction] = [], findings: [NightFinding],
        forecast: Forecast?, trials: [ForecastTrial] = [], bills: [ReportedBill], lastReading: Date,
        otherMeters: [OtherMeter], live: LiveHistory = LiveHistory()
    ) {
        self.slug = slug
        self.name = name
        self.consumerNumber = consumerNumber
        self.wording = wording
        self.asOf = asOf
        self.cycle = cycle
        self.account = account
        self.tariff = tariff
        self.series = series
        self.events = events
        self.outages = outages
        self.corrections = corrections
        self.findings = findings
        self.forecast = forecast
        self.trials = trials
        self.bills = bills
        self.lastReading = lastReading
        self.otherMeters = otherMeters
        self.live = live
        billOutlook = outlook()
    }

    package var clock: LocalClock { wording.clock }

    /// The local day of `asOf`, which is not over.
    package var today: LocalDate {
        clock.date(at: asOf)
    }

    /// Seconds since the last reading.
    var age: Double {
        asOf.timeIntervalSince(lastReading)
    }

    /// Whether the last reading is so old that nobody should take the figures for those of now.
    var isStale: Bool {
        age > 3 * 3600
    }

    package var currentPeriod: BillingPeriod {
        cycle.period(containing: today)
    }

    /// The months that are over, and of which anything is known, the oldest first.
    package var closedMonths: [LocalMonth] {
        guard let first = series.days.first?.day.inMonth, first < today.inMonth else { return [] }
        return (0..<(today.inMonth.index - first.index)).map(first.adding(months:))
            .filter { series.total(of: $0)?.isKnown == true }
    }

    /// What `series`, or the main meter's, came to from `first` up to `end`; nil when nothing is known of it.
    ///
    /// Coverage is of all the time that is over, so that days before the first reading and after the last count as unseen.
    func total(of series: ConsumptionSeries? = nil, from first: LocalDate, to end: LocalDate) -> Consumption? {
        guard let known = (series ?? self.series).total(from: first, to: end), known.isKnown else { return nil }
        let whole = clock.period(from: first, to: end)
        let past = whole.lowerBound..<max(whole.lowerBound, min(whole.upperBound, asOf))
        let coverage = Coverage(
            observedSeconds: known.coverage.observedSeconds, totalSeconds: Int(past.seconds.rounded()))
        return Consumption(over: past, energy: known.energy, coverage: coverage, quality: known.quality)
    }

    func total(of month: LocalMonth) -> Consumption? {
        total(from: month.firstDay, to: month.adding(months: 1).firstDay)
    }
}

/// A bill with the sureness of its figures, and what it was made from.
package struct ReportedBill: Hashable, Sendable {
    package let bill: Bill
    package let revision: Int
    package let coverage: Coverage
    /// The text from which the bill alone can be made again; nil for bills of versions that kept none.
    package let receipt: String?
    /// The same, read.
    package let basis: BilledCase?
    /// The part of the energy whose place in time was not seen; nil where no receipt tells.
    package let estimated: Energy?

    package init(
        bill: Bill, revision: Int, coverage: Coverage, receipt: String? = nil, basis: BilledCase? = nil,
        estimated: Energy? = nil
    ) {
        self.bill = bill
        self.revision = revision
        self.coverage = coverage
        self.receipt = receipt
        self.basis = basis
        self.estimated = estimated
    }

    /// Names the bill's files.
    package var key: String {
        bill.period.first.inMonth.description
    }
}

/// A meter beside the one that is billed.
package struct OtherMeter: Sendable {
    package let name: String
    package let role: Meter.Role
    package let series: ConsumptionSeries

    package init(name: String, role: Meter.Role, series: ConsumptionSeries) {
        self.name = name
        self.role = role
        self.series = series
    }
}
