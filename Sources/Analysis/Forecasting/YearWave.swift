import Foundation

/// Where a day stands in the year, as the cosine and sine of the year and of the half year.
struct YearWave {
    /// Days in the four years of the table.
    private static let period = 1461
    private static let table = (0..<period).map { day -> SIMD4<Float> in
        let angle = 2 * Double.pi * Double(day) / 365.25
        return SIMD4(Float(cos(angle)), Float(sin(angle)), Float(cos(2 * angle)), Float(sin(2 * angle)))
    }

    let values: SIMD4<Float>

    /// - Parameter number: days since 1970-01-01.
    init(ofDay number: Int, in season: Season) {
        let place = (number - season.coldestDay) % Self.period
        values = Self.table[place < 0 ? place + Self.period : place]
    }

    /// What each part of a filter's state weighs on the day.
    var shape: InlineArray<6, Float> {
        [1, 1, values[0], values[1], values[2], values[3]]
    }
}
