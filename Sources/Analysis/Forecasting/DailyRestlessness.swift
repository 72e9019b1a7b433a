import Foundation

/// How much a home's days differ from each other against the usual home's, by which the errors of forecasts grow.
struct DailyRestlessness {
    /// Days whose deviation counts, and their deviation in the usual home.
    private static let span = 56
    private static let usual = 0.37
    /// Usual days by which a home's own are drawn to the usual, so that three days alike do not make a steady home.
    private static let drawnBy = 8.0

    private let moments: Moments

    /// - Parameter values: the days, freed of their weekday, NaN where unknown; the last ones count.
    init(_ values: some BidirectionalCollection<some BinaryFloatingPoint>) {
        moments = Moments(values.suffix(Self.span).lazy.map { Double($0) })
    }

    /// 1 for the usual home.
    var factor: Double {
        let (own, count) = (moments.mean > 0 ? moments.deviation / moments.mean : Self.usual, Double(moments.count))
        let squares = own * own * count + Self.usual * Self.usual * Self.drawnBy
        return pow(min(max((squares / (count + Self.drawnBy)).squareRoot(), 0.02), 3) / Self.usual, 0.8)
    }
}
