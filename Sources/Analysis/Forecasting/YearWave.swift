import Foundation

/// Where a day stands in the year, as the cosine and sine of the year and of the half year.
struct YearWave {
    /// Days in the four years of the table.
    private static let period = 1461
    private static let table = (0..<period).map { day -> SIMD8<Float> in
        let angle = 2 * Double.pi * Double(day) / 365.25
        return [1, 1, Float(cos(angle)), Float(sin(angle)), Float(cos(2 * angle)), Float(sin(2 * angle)), 0, 0]
    }

    /// What each of the six parts of a filter's state weighs on the day: level and departure all, the waves as they stand.
    let shape: SIMD8<Float>

    /// - Parameter number: days since 1970-01-01.
    init(ofDay number: Int, in season: Season) {
        let place = (number - season.coldestDay) % Self.period
        shape = Self.table[place < 0 ? place + Self.period : place]
    }
}
