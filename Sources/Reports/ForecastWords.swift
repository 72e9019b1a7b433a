import Analysis
import Metering

/// The words of a forecast, in a household's language of numbers.
struct ForecastWords {
    let report: HouseholdReport
    let forecast: Forecast

    private var wording: Wording { report.wording }

    /// `So far 12 % above what is usual; the weekend ahead (7 and 8 March) usually takes 21 kWh.`
    var explanation: String {
        let parts = [soFar, weekend].compactMap { $0 }
        let text = parts.isEmpty ? whatItStandsOn : parts.joined(separator: "; ")
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private var soFar: String? {
        guard let usual = forecast.usualSoFar, usual > .zero,
            let known = report.series.total(from: forecast.period.first, to: forecast.today)?.energy
        else { return nil }
        let change = known.kilowattHours / usual.kilowattHours - 1
        let days = wording.count(forecast.period.first.days(until: forecast.today), "day", "days")
        guard abs(change) >= 0.01 else { return "the first \(days) took what is usual" }
        return "the first \(days) took \(wording.percent(abs(change), places: 0)) "
            + "\(change > 0 ? "more" : "less") than \(usualName)"
    }

    /// `your usual February`, for a calendar month.
    private var usualName: String {
        let month = forecast.period.first.inMonth
        let isMonth = PeriodFigures.title(forecast.period, wording) == wording.month(month)
        return isMonth ? "your usual \(wording.monthName(month))" : "such days usually do"
    }

    private var weekend: String? {
        let dates = forecast.days.indices.prefix(7).map(forecast.today.adding(days:)).filter {
            $0 > forecast.today && $0 < forecast.period.end && $0.isWeekend
        }
        guard dates.count == 2 else { return nil }
        let energy = dates.compactMap(forecast.expected(on:)).sum()
        return "the weekend ahead usually takes \(wording.energy(energy, places: 0))"
    }

    private var whatItStandsOn: String {
        forecast.knownDays == 0
            ? "nothing is known of this home yet, so this is what homes use"
            : "it stands on \(wording.count(forecast.knownDays, "day", "days")) of this home"
    }

    var lines: [String] {
        [tomorrow, next].compactMap { $0 }
    }

    private var tomorrow: String? {
        let day = forecast.today.adding(days: 1)
        guard let energy = forecast.expected(on: day) else { return nil }
        let text = "\(wording.weekday(day)): about \(wording.energy(energy))"
        guard let most = forecast.tomorrow.max(), most > .zero, let hour = forecast.tomorrow.firstIndex(of: most) else {
            return text + "."
        }
        let start = wording.clock.start(of: day).addingTimeInterval(Double(hour) * 3600)
        let first = wording.clock.hour(at: start)
        return text + ", the most from \(hourText(first)) to \(hourText((first + 1) % 24)) with "
            + "\(wording.energy(most, places: 2))."
    }

    private func hourText(_ hour: Int) -> String {
        "\(hour < 10 ? "0" : "")\(hour):00"
    }

    private var next: String? {
        guard let next = forecast.next else { return nil }
        return
            "\(PeriodFigures.title(next.period, wording)): about \(wording.energy(next.expected, places: 0)), probably "
            + "\(wording.kilowattHours(next.low, places: 0)) to \(wording.energy(next.high, places: 0))."
    }

    /// The next thirty days.
    var days: TableView {
        var sum = Energy.zero
        let rows = forecast.days.prefix(Forecast.daysAhead).enumerated().map { index, day in
            sum += day.expected
            let date = forecast.today.adding(days: index)
            let name = wording.weekday(date) + (index == 0 ? ", the rest" : "")
            return TableView.Row(
                title: name,
                cells: [
                    wording.kilowattHours(day.expected), wording.kilowattHours(sum),
                    "\(wording.kilowattHours(day.low)) to \(wording.kilowattHours(day.high))",
                ])
        }
        return TableView(
            caption: "What the next days are expected to take, and all of them together from now on",
            columns: ["Day", "kWh", "Together", "Probably"], rows: rows)
    }

    /// Of the last six periods, what was said when as many days were over as now, or a few less.
    var comparedTrials: [ForecastTrial] {
        let over = forecast.period.first.days(until: forecast.today)
        let byPeriod = Dictionary(grouping: report.trials.filter { $0.daysOver <= over }, by: \.period.first)
        return byPeriod.sorted { $0.key < $1.key }.suffix(6).compactMap { _, trials in
            trials.max { $0.daysOver < $1.daysOver }
        }
    }

    func record(_ trials: [ForecastTrial]) -> String {
        guard let last = trials.last else { return "No period is over yet by which the forecast could be judged." }
        let within = trials.count(where: \.isWithin)
        let all = report.trials
        let share = Double(all.count(where: \.isWithin)) / Double(all.count)
        return "Of the last \(wording.count(trials.count, "period", "periods")), as seen after "
            + "\(wording.count(last.daysOver, "day", "days")), \(within) ended within the range. Over all days of these periods "
            + "\(wording.percent(share, places: 0)) did; 80 % should."
    }

    func table(_ trials: [ForecastTrial]) -> TableView {
        TableView(
            caption: "What would have been expected on the same day of earlier periods, and what came",
            columns: ["Period", "Expected, kWh", "Probably", "Came", "Within"],
            rows: trials.map { trial in
                TableView.Row(
                    title: PeriodFigures.title(trial.period, wording),
                    cells: [
                        wording.kilowattHours(trial.expected, places: 0),
                        "\(wording.kilowattHours(trial.low, places: 0)) to "
                            + wording.kilowattHours(trial.high, places: 0),
                        wording.kilowattHours(trial.came, places: 0), trial.isWithin ? "yes" : "no",
                    ])
            })
    }
}
