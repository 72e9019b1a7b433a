import Analysis
import Charts
import Foundation
import Metering

/// The days of one period of a report, as its charts and tables show them.
struct PeriodFigures: Sendable {
    let report: HouseholdReport
    let period: BillingPeriod
    /// The same days counted from the start of the period before.
    let before: BillingPeriod
    let title: String
    let titleBefore: String
    private let isCurrent: Bool

    init(_ report: HouseholdReport, month: LocalMonth) {
        let period = BillingPeriod(first: month.firstDay, end: month.adding(months: 1).firstDay)
        let last = month.adding(months: -1)
        self.init(report, period, before: BillingPeriod(first: last.firstDay, end: period.first))
    }

    /// The billing period that holds today.
    init(currentOf report: HouseholdReport) {
        let period = report.currentPeriod
        self.init(report, period, before: report.cycle.period(containing: period.first.adding(days: -1)))
    }

    private init(_ report: HouseholdReport, _ period: BillingPeriod, before: BillingPeriod) {
        self.report = report
        self.period = period
        self.before = before
        title = Self.title(period, report.wording)
        titleBefore = Self.title(before, report.wording)
        isCurrent = period.end > report.today
    }

    static func title(_ period: BillingPeriod, _ wording: Wording) -> String {
        let month = period.first.inMonth
        let isMonth = period.first == month.firstDay && period.end == month.adding(months: 1).firstDay
        return isMonth ? wording.month(month) : wording.period(period)
    }

    var wording: Wording { report.wording }

    var dates: [LocalDate] {
        (0..<period.dayCount).map(period.first.adding(days:))
    }

    /// Days that are over, and today.
    var pastDates: [LocalDate] {
        dates.filter { $0 <= report.today }
    }

    func known(_ day: LocalDate) -> Consumption? {
        guard day <= report.today, let whole = report.series[day]?.whole, whole.isKnown else { return nil }
        return whole
    }

    /// All that was used in the period so far; nil when nothing is known.
    var total: Consumption? {
        report.total(from: period.first, to: period.end)
    }

    var span: Range<Date> {
        report.clock.period(from: period.first, to: period.end)
    }

    var events: [RegisterEvent] {
        report.events.filter { $0.period.upperBound > span.lowerBound && $0.period.lowerBound < span.upperBound }
    }

    /// The outages that began in the period.
    var outages: [Outage] {
        report.outages.filter { span.contains($0.period.lowerBound) }
    }

    var corrections: [Correction] {
        report.corrections.filter { $0.period.overlaps(span) }
    }

    /// Days that readings or words which came late changed after they were over.
    var restatedDays: [LocalDate] {
        pastDates.filter { report.series[$0]?.whole.quality.contains(.restated) == true }
    }
}

extension PeriodFigures {
    /// Days seen for less than this share are drawn and told as partly estimated.
    private static let leastCoverage = 0.99

    private func isDoubtful(_ day: LocalDate, _ whole: Consumption) -> Bool {
        day < report.today && whole.coverage.share < Self.leastCoverage
    }

    private func dayLabel(_ day: LocalDate) -> String? {
        day.day == 1 || day.day % 5 == 0 ? "\(day.day)" : nil
    }

    private var energyNumber: @Sendable (Double, Int) -> String {
        { [wording] value, places in wording.number(value, places) }
    }

    /// Each day's energy, with the same day of the period before.
    func dailyChart(in folder: PageFolder) throws -> (view: ChartView, files: [SiteFile]) {
        let marked = Set(
            rankedFindings.filter { $0.finding.kind != .billJump }.map {
                report.clock.date(at: $0.finding.period.lowerBound)
            })
        let bars = dates.enumerated().map { index, day -> BarChart.Bar in
            let earlier = before.first.adding(days: index)
            let compared = earlier < before.end ? knownEver(earlier)?.energy.kilowattHours : nil
            let (value, kind) = bar(day)
            return BarChart.Bar(
                label: dayLabel(day), value: value, kind: kind, compared: compared, isMarked: marked.contains(day))
        }
        let words = BarChart.Words(
            unit: "kWh", measured: "measured", estimated: "partly estimated", forecast: "expected",
            compared: titleBefore, missing: "no data")
        return try ChartView.make(
            BarChart(bars, words: words, number: energyNumber), named: "daily", in: folder, heading: "Each day",
            alt: dailyAlt, table: dailyTable)
    }

    private func knownEver(_ day: LocalDate) -> Consumption? {
        guard let whole = report.series[day]?.whole, whole.isKnown else { return nil }
        return whole
    }

    private func bar(_ day: LocalDate) -> (Double?, BarChart.Kind) {
        if isCurrent, day >= report.today {
            guard let expected = report.forecast?.expected(on: day) else {
                return (known(day)?.energy.kilowattHours ?? (day == report.today ? nil : 0), .measured)
            }
            return (((known(day)?.energy ?? .zero) + expected).kilowattHours, .forecast)
        }
        guard let whole = known(day) else { return (nil, .measured) }
        return (whole.energy.kilowattHours, isDoubtful(day, whole) ? .estimated : .measured)
    }

    private var dailyAlt: String {
        let days = pastDates.filter { $0 < report.today || !isCurrent }
        let seen = days.compactMap { day in known(day).map { (day, $0.energy) } }
        guard let most = seen.max(by: { $0.1 < $1.1 }), let least = seen.min(by: { $0.1 < $1.1 }) else {
            return "Energy of each day of \(title): nothing is known yet."
        }
        let missing = days.count - seen.count
        return "Energy of each day of \(title): \(wording.count(seen.count, "day", "days")), "
            + "\(wording.energy(seen.map(\.1).sum())) in all; the most on \(wording.shortDate(most.0)) with "
            + "\(wording.energy(most.1)), the least on \(wording.shortDate(least.0)) with \(wording.energy(least.1))"
            + (missing > 0 ? "; no data on \(wording.count(missing, "day", "days"))." : ".")
    }

    private var dailyTable: TableView {
        let rows = pastDates.map { day -> TableView.Row in
            let raw = report.series[day]?.rawMaxMin.map { wording.kilowattHours($0, places: 3) } ?? "–"
            guard let whole = known(day) else {
                return TableView.Row(title: wording.weekday(day), cells: ["no data", "0 %", "–", raw])
            }
            let isRunning = day == report.today && isCurrent
            let how = Self.words(for: whole.quality) + (isRunning ? ", so far" : "")
            return TableView.Row(
                title: wording.weekday(day),
                cells: [
                    wording.kilowattHours(whole.energy, places: 3), wording.percent(whole.coverage.share), how, raw,
                ])
        }
        return TableView(
            caption:
                "Energy of each day of \(title). Raw MAX-MIN is the greatest register less the least of the day, as shown "
                + "by the meter: it misses what was used around midnight and is wrong after a reset.",
            columns: ["Day", "kWh", "Seen", "How", "Raw MAX-MIN, kWh"], rows: rows)
    }
}

extension PeriodFigures {
    /// How a figure came to be: `partly estimated, restated`.
    static func words(for quality: Quality) -> String {
        let known: [(Quality, String)] = [
            (.corrected, "corrected"), (.estimated, "partly estimated"), (.afterReset, "after a reset"),
            (.restated, "restated"),
        ]
        let words = known.filter { quality.contains($0.0) }.map(\.1)
        return words.isEmpty ? "measured" : words.joined(separator: ", ")
    }
}

extension PeriodFigures {
    /// Each hour's energy.
    func hourChart(in folder: PageFolder) throws -> (view: ChartView, files: [SiteFile]) {
        let columns = dates.map { day in
            HeatMap.Column(label: dayLabel(day), hours: day <= report.today ? cells(of: day) : [])
        }
        let words = HeatMap.Words(unit: "kWh an hour", missing: "no data", estimated: "estimated")
        return try ChartView.make(
            HeatMap(columns, words: words, number: energyNumber), named: "hours", in: folder, heading: "Each hour",
            alt: hourAlt, table: hourTable)
    }

    /// By the clock: an hour that comes twice is joined, one that is skipped is not known.
    private func cells(of day: LocalDate) -> [HeatMap.Cell] {
        guard let hours = report.series[day]?.hours else {
            return Array(repeating: HeatMap.Cell(nil), count: day == report.today ? 0 : 24)
        }
        let past = hours.filter { $0.period.lowerBound < report.asOf }
        let byHour = Dictionary(grouping: past) { report.clock.hour(at: $0.period.lowerBound) }
        let last = isCurrent && day == report.today ? byHour.keys.max() ?? -1 : 23
        return (0..<max(0, last + 1)).map { hour in
            guard let whole = Consumption(joining: byHour[hour] ?? []), whole.isKnown else { return HeatMap.Cell(nil) }
            return HeatMap.Cell(whole.energy.kilowattHours, isEstimated: whole.quality.contains(.estimated))
        }
    }

    /// The mean of each hour of the day over the period; nil where nothing is known.
    private var meanOfHours: [Energy?] {
        let hours = pastDates.compactMap { report.series[$0] }.flatMap(\.hours).filter {
            $0.isKnown && $0.period.upperBound <= report.asOf
        }
        let byHour = Dictionary(grouping: hours) { report.clock.hour(at: $0.period.lowerBound) }
        return (0..<24).map { hour in
            byHour[hour].map { Energy(milliwattHours: $0.map(\.energy).sum().milliwattHours / Int64($0.count)) }
        }
    }

    private func hourText(_ hour: Int) -> String {
        "\(hour < 10 ? "0" : "")\(hour):00"
    }

    private var hourAlt: String {
        let means = meanOfHours.enumerated().compactMap { hour, mean in mean.map { (hour, $0) } }
        guard let most = means.max(by: { $0.1 < $1.1 }), let least = means.min(by: { $0.1 < $1.1 }) else {
            return "Energy of each hour of \(title): nothing is known yet."
        }
        return "Energy of each hour of \(title), a column a day and a row an hour. On average the most is used from "
            + "\(hourText(most.0)) to \(hourText((most.0 + 1) % 24)) with \(wording.energy(most.1, places: 2)), the least from "
            + "\(hourText(least.0)) to \(hourText((least.0 + 1) % 24)) with \(wording.energy(least.1, places: 2))."
    }

    private var hourTable: TableView {
        TableView(
            caption: "Mean energy of each hour of the day in \(title)", columns: ["Hour", "kWh"],
            rows: meanOfHours.enumerated().map { hour, mean in
                TableView.Row(
                    title: "\(hourText(hour)) to \(hourText((hour + 1) % 24))",
                    cells: [mean.map { wording.kilowattHours($0, places: 3) } ?? "no data"])
            })
    }
}

extension PeriodFigures {
    /// What the period has come to day after day, against the one before, with what is expected.
    func sumChart(in folder: PageFolder) throws -> (view: ChartView, files: [SiteFile]) {
        let sums = sums(of: pastDates)
        let points = sums.enumerated().map { index, sum in (day: dayEnd(index), sum: sum.kilowattHours) }
        let earlier = (0..<before.dayCount).map(before.first.adding(days:))
        // A line that begins in the middle of the month would seem to say that little was used.
        let hasEarlier = (report.total(from: before.first, to: before.end)?.coverage.share ?? 0) >= 0.9
        let sumsBefore = hasEarlier ? self.sums(of: earlier) : []
        let compared = sumsBefore.map(\.kilowattHours)
        let words = LineChart.Words(unit: "kWh", current: title, compared: titleBefore, outlook: "expected range")
        let chart = LineChart(
            points, compared: compared, outlook: outlook, limits: limits, dayCount: period.dayCount, words: words,
            number: energyNumber)
        return try ChartView.make(
            chart, named: "month", in: folder, heading: "Adding up", alt: sumAlt(sums.last, compared.last),
            table: sumTable(sums, sumsBefore))
    }

    /// How many days of the period are over at the end of the day with this number, today in parts.
    private func dayEnd(_ index: Int) -> Double {
        let day = period.first.adding(days: index)
        guard isCurrent, day == report.today else { return Double(index + 1) }
        let span = report.clock.period(of: day)
        return Double(index) + max(0.02, report.asOf.timeIntervalSince(span.lowerBound) / span.seconds)
    }

    private func sums(of days: [LocalDate]) -> [Energy] {
        var sum = Energy.zero
        return days.map { day in
            sum += knownEver(day)?.energy ?? .zero
            return sum
        }
    }

    private var outlook: LineChart.Outlook? {
        guard isCurrent, let forecast = report.forecast, forecast.period == period else { return nil }
        var sum = forecast.soFar
        let expected = dates.filter { $0 >= report.today }.map { day in
            sum += forecast.expected(on: day) ?? .zero
            return sum.kilowattHours
        }
        return LineChart.Outlook(
            from: Double(period.first.days(until: report.today)), expected: expected,
            low: forecast.low.kilowattHours, high: forecast.high.kilowattHours)
    }

    private var limits: [(value: Double, label: String)] {
        guard let tariff = report.tariff else { return [] }
        return tariff.steps(on: period.lastDay, months: report.cycle.months).map { limit in
            (limit.kilowattHours, "step at \(wording.kilowattHours(limit, places: 0))")
        }
    }

    private func sumAlt(_ last: Energy?, _ earlier: Double?) -> String {
        guard let last else { return "Energy of \(title) adding up: nothing is known yet." }
        let now = "Energy of \(title) adding up: \(wording.energy(last))\(isCurrent ? " so far" : "")"
        let then = earlier.map { "; \(titleBefore) came to \(wording.number($0, 1)) kWh" } ?? ""
        guard isCurrent, let forecast = report.forecast else { return now + then + "." }
        return now + then + "; at the end \(wording.energy(forecast.expected, places: 0)) are expected, between "
            + "\(wording.kilowattHours(forecast.low, places: 0)) and \(wording.energy(forecast.high, places: 0))."
    }

    private func sumTable(_ sums: [Energy], _ earlier: [Energy]) -> TableView {
        TableView(
            caption: "Energy since the first day, at the end of each day", columns: ["Day", title, titleBefore],
            rows: sums.enumerated().map { index, sum in
                TableView.Row(
                    title: wording.shortDate(period.first.adding(days: index)),
                    cells: [
                        wording.kilowattHours(sum),
                        index < earlier.count ? wording.kilowattHours(earlier[index]) : "–",
                    ])
            })
    }
}
