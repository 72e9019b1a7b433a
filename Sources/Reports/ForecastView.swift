import Analysis
import Metering

/// What a page says of the days to come, and how far earlier forecasts could be trusted.
struct ForecastView: Sendable {
    /// Why the figure is what it is, in one sentence.
    let explanation: String
    /// The period after this one, and tomorrow.
    let lines: [String]
    let days: TableView
    let record: String
    let trials: TableView?
    // Mustache asks a list for each of its members; this asks whether there is one.
    let hasTrials: Bool

    init?(_ report: HouseholdReport, _ figures: PeriodFigures) {
        guard let forecast = report.forecast, forecast.period == figures.period else { return nil }
        let words = ForecastWords(report: report, forecast: forecast)
        explanation = words.explanation
        lines = words.lines
        days = words.days
        let past = words.comparedTrials
        record = words.record(past)
        trials = past.isEmpty ? nil : words.table(past)
        hasTrials = !past.isEmpty
    }
}
