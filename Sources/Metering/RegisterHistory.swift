import Foundation

/// The readings of one register in order of time, each once.
package struct RegisterHistory: Sendable {
    package let readings: [Reading]

    /// Sorts what comes out of order: by the device's time, then by its sequence, then by what the register shows, so that
    /// the order of arrival does not matter. What came twice is kept once; readings of one instant that disagree are all kept,
    /// for the repair to judge.
    package init(_ readings: [Reading]) {
        if Self.isOrdered(readings) {
            self.readings = readings
        } else {
            var kept: [Reading] = []
            kept.reserveCapacity(readings.count)
            for reading in readings.sorted(by: Self.precedes)
            where !(kept.last.map { Self.agree($0, reading) } ?? false) {
                kept.append(reading)
            }
            self.readings = kept
        }
    }

    private static func isOrdered(_ readings: [Reading]) -> Bool {
        zip(readings, readings.dropFirst()).allSatisfy { $0.at < $1.at }
    }

    private static func precedes(_ left: Reading, _ right: Reading) -> Bool {
        if left.at != right.at { return left.at < right.at }
        if left.bootID == right.bootID, left.sequence != right.sequence {
            return left.sequence ?? .max < right.sequence ?? .max
        }
        if left.register != right.register { return left.register < right.register }
        return detail(left) < detail(right)
    }

    /// Whether two readings of one instant say the same of the register.
    private static func agree(_ left: Reading, _ right: Reading) -> Bool {
        left.at == right.at && left.register == right.register
    }

    private static func detail(_ reading: Reading) -> (Int32, Int64, Float, Float, Float) {
        (
            reading.bootID ?? .max, reading.sequence ?? .max, reading.power ?? .infinity, reading.voltage ?? .infinity,
            reading.current ?? .infinity
        )
    }
}

extension RegisterHistory {
    /// Seconds between two readings, the step that is met most; nil when none is met often enough to be a habit.
    package var cadence: Double? {
        var counts: [Int: Int] = [:]
        for (earlier, later) in zip(readings, readings.dropFirst()).prefix(Self.stepsThatTell) {
            let step = Int(later.at.timeIntervalSince(earlier.at).rounded())
            if step > 0 { counts[step, default: 0] += 1 }
        }
        guard let most = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }), most.value >= Self.habit else {
            return nil
        }
        return Double(most.key)
    }

    private static let stepsThatTell = 50_000
    private static let habit = 3
}
