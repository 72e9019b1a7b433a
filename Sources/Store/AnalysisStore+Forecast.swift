package import Analysis
package import Metering
import Postgres

extension AnalysisStore {
    static func save(_ forecast: Forecast, of meter: Meter, on connection: Connection) throws {
        let (current, next) = (forecast.current, forecast.next)
        try connection.execute(
            """
            INSERT INTO forecast VALUES (
                \(meter.id), \(current.period.first)::date, \(current.period.end)::date, \(forecast.today)::date,
                \(forecast.soFar), \(current.expected), \(current.quantiles)::bigint[], \(next?.period.first)::date,
                \(next?.period.end)::date, \(next?.expected)::bigint, \(next?.quantiles)::bigint[],
                \(forecast.days.map(\.expected))::bigint[], \(forecast.days.map(\.low))::bigint[],
                \(forecast.days.map(\.high))::bigint[], \(forecast.knownDays), \(forecast.spread),
                \(forecast.usualSoFar)::bigint, \(forecast.tomorrow)::bigint[])
            ON CONFLICT (meter_id, period_first, today) DO UPDATE SET
                period_end = excluded.period_end, so_far_mwh = excluded.so_far_mwh,
                expected_mwh = excluded.expected_mwh, quantile_mwh = excluded.quantile_mwh,
                next_first = excluded.next_first, next_end = excluded.next_end,
                next_expected_mwh = excluded.next_expected_mwh, next_quantile_mwh = excluded.next_quantile_mwh,
                day_mwh = excluded.day_mwh, low_sum_mwh = excluded.low_sum_mwh, high_sum_mwh = excluded.high_sum_mwh,
                known_days = excluded.known_days, spread_kwh = excluded.spread_kwh,
                usual_so_far_mwh = excluded.usual_so_far_mwh, tomorrow_mwh = excluded.tomorrow_mwh
            """)
    }

    /// The forecast made on `today`; nil when none was.
    package func forecast(of meter: Meter, on today: LocalDate) async throws -> Forecast? {
        try await database.run { connection in
            try connection.query(
                """
                SELECT period_first, period_end, today, so_far_mwh, expected_mwh, quantile_mwh, next_first, next_end,
                    next_expected_mwh, next_quantile_mwh, day_mwh, low_sum_mwh, high_sum_mwh, known_days, spread_kwh,
                    usual_so_far_mwh, tomorrow_mwh
                FROM forecast WHERE meter_id = \(meter.id) AND today = \(today)::date
                """,
                Forecast.init(
                    first:end:today:soFar:expected:quantiles:nextFirst:nextEnd:nextExpected:nextQuantiles:days:lows:
                    highs:
                    knownDays:spread:usualSoFar:tomorrow:)
            ).first
        }
    }
}

extension AnalysisStore {
    /// Stores what would have been forecast of a meter's periods that are over, in the place of earlier trials.
    package func save(_ trials: [ForecastTrial], of meter: Meter) async throws {
        try await database.run { connection in
            try connection.transaction {
                try connection.execute("DELETE FROM forecast_trial WHERE meter_id = \(meter.id)")
                try connection.execute(
                    """
                    INSERT INTO forecast_trial (
                        meter_id, period_first, period_end, days_over, expected_mwh, low_mwh, median_mwh, high_mwh,
                        came_mwh, spread_kwh, score, so_far_mwh)
                    SELECT \(meter.id)::bigint, * FROM unnest(
                        \(trials.map(\.period.first))::date[], \(trials.map(\.period.end))::date[],
                        \(trials.map { Int64($0.daysOver) })::bigint[], \(trials.map(\.expected))::bigint[],
                        \(trials.map(\.low))::bigint[], \(trials.map(\.median))::bigint[],
                        \(trials.map(\.high))::bigint[], \(trials.map(\.came))::bigint[],
                        \(trials.map(\.spread))::float8[], \(trials.map(\.score))::float8[],
                        \(trials.map(\.soFar))::bigint[])
                    """)
            }
        }
    }

    /// The trials of periods that ended by `end`, in order of time.
    package func trials(of meter: Meter, until end: LocalDate) async throws -> [ForecastTrial] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT period_first, period_end, days_over, expected_mwh, low_mwh, median_mwh, high_mwh, came_mwh,
                    spread_kwh, so_far_mwh
                FROM forecast_trial WHERE meter_id = \(meter.id) AND period_end <= \(end)::date
                ORDER BY period_first, days_over
                """, ForecastTrial.init(first:end:daysOver:expected:low:median:high:came:spread:soFar:))
        }
    }

    /// Pools the errors of all meters' trials, for the nights after `day`.
    package func saveCalibration(on day: LocalDate) async throws {
        try await database.run { connection in
            try connection.transaction {
                try connection.execute("DELETE FROM forecast_calibration WHERE made_on = \(day)::date")
                try connection.execute(
                    """
                    INSERT INTO forecast_calibration
                    SELECT \(day)::date, horizon, count(*), percentile_cont(\(Calibration.shares)::float8[])
                        WITHIN GROUP (ORDER BY score)
                    FROM forecast_trial CROSS JOIN LATERAL (
                        SELECT horizon FROM unnest(\(Calibration.horizons.map { Int64($0) })::bigint[]) AS horizon
                        ORDER BY abs(horizon - (period_end - period_first - days_over)), horizon LIMIT 1) AS nearest
                    WHERE period_end <= \(day)::date GROUP BY horizon
                    """)
            }
        }
    }

    /// The newest calibration made before `day`; the shipped one when there is none.
    package func calibration(before day: LocalDate) async throws -> Calibration {
        let pools = try await database.run { connection in
            try connection.query(
                """
                SELECT horizon, trials, scores FROM forecast_calibration
                WHERE made_on = (SELECT max(made_on) FROM forecast_calibration WHERE made_on < \(day)::date)
                """, Calibration.Pool.init(horizon:trials:scores:))
        }
        return Calibration.shipped.refined(by: pools)
    }
}

extension Forecast {
    fileprivate init(
        first: LocalDate, end: LocalDate, today: LocalDate, soFar: Energy, expected: Energy, quantiles: [Energy],
        nextFirst: LocalDate?, nextEnd: LocalDate?, nextExpected: Energy?, nextQuantiles: [Energy]?, days: [Energy],
        lows: [Energy], highs: [Energy], knownDays: Int, spread: Double, usualSoFar: Energy?, tomorrow: [Energy]
    ) {
        var next: PeriodOutlook?
        if let nextFirst, let nextEnd, let nextExpected, let nextQuantiles {
            next = PeriodOutlook(
                period: BillingPeriod(first: nextFirst, end: nextEnd), expected: nextExpected, quantiles: nextQuantiles)
        }
        self.init(
            today: today, soFar: soFar,
            current: PeriodOutlook(
                period: BillingPeriod(first: first, end: end), expected: expected, quantiles: quantiles),
            next: next,
            days: zip(days, zip(lows, highs)).map { Day(expected: $0, low: $1.0, high: $1.1) },
            knownDays: knownDays, spread: spread, usualSoFar: usualSoFar, tomorrow: tomorrow)
    }
}

extension ForecastTrial {
    fileprivate init(
        first: LocalDate, end: LocalDate, daysOver: Int, expected: Energy, low: Energy, median: Energy, high: Energy,
        came: Energy, spread: Double, soFar: Energy?
    ) {
        self.init(
            period: BillingPeriod(first: first, end: end), daysOver: daysOver, soFar: soFar, expected: expected,
            low: low,
            median: median, high: high, came: came, spread: spread)
    }
}
