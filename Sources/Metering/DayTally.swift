import Foundation

/// What the raw readings of one day have in common.
struct DayTally {
    let end: Date
    private(set) var count = 0
    private var least = Energy(milliwattHours: .max)
    private var greatest = Energy(milliwattHours: .min)
    private(set) var peakPower: Float?

    init(until end: Date) {
        self.end = end
    }

    var rawMaxMin: Energy? {
        count > 0 ? greatest - least : nil
    }

    @inline(__always)
    mutating func add(_ reading: Reading) {
        count += 1
        least = min(least, reading.register)
        greatest = max(greatest, reading.register)
        if let power = reading.power { peakPower = max(peakPower ?? power, power) }
    }
}
