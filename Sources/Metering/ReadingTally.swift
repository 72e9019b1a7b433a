import Foundation

/// What the raw readings of a period have in common.
struct ReadingTally {
    var count = 0
    var least: Energy?
    var greatest: Energy?
    var peakPower: Float?

    var rawMaxMin: Energy? {
        guard let least, let greatest else { return nil }
        return greatest - least
    }

    mutating func add(_ reading: Reading) {
        count += 1
        least = least.map { min($0, reading.register) } ?? reading.register
        greatest = greatest.map { max($0, reading.register) } ?? reading.register
        if let power = reading.power { peakPower = peakPower.map { max($0, power) } ?? power }
    }

    /// Goes once through the readings while days are asked for in order.
    struct Walk {
        private let readings: [Reading]
        private var next = 0

        init(_ readings: [Reading]) {
            self.readings = readings
        }

        mutating func tally(over period: Range<Date>) -> ReadingTally {
            var tally = ReadingTally()
            while next < readings.count, readings[next].at < period.upperBound {
                if readings[next].at >= period.lowerBound { tally.add(readings[next]) }
                next += 1
            }
            return tally
        }
    }
}
