import Foundation

/// Learns a meter's hour-of-week profile from what was measured; gaps, stalls and resets teach nothing.
struct ProfileLearner {
    private var energy = Array(repeating: Int64(0), count: HourOfWeekProfile.hours)
    /// Milliseconds.
    private var time = Array(repeating: Int64(0), count: HourOfWeekProfile.hours)
    private let zone: TimeZone
    private var offset: Int64 = 0
    private var offsetIsGoodUntil = Int64.min

    private static let hourInMilliseconds: Int64 = 3_600_000
    /// A slot must have been seen for so many hours; else its hour of the day stands for it.
    private static let hoursOfSlot: Int64 = 2
    /// So many hours of an hour of the day, on whatever days; else the mean of all stands for it.
    private static let hoursOfDayHour: Int64 = 3

    init(zone: TimeZone) {
        self.zone = zone
    }

    mutating func learn(_ points: [RepairedPoint]) {
        for (earlier, later) in zip(points, points.dropFirst()) where later.isObserved && later.quality == .measured {
            learn(later.milliwattHours - earlier.milliwattHours, from: earlier.microseconds, to: later.microseconds)
        }
    }

    /// An hour that was measured whole.
    mutating func learn(_ hour: Consumption) {
        learn(
            hour.energy.milliwattHours, from: hour.period.lowerBound.microseconds,
            to: hour.period.upperBound.microseconds)
    }

    private mutating func learn(_ step: Int64, from start: Int64, to end: Int64) {
        if end > offsetIsGoodUntil { refreshOffset(at: start, until: end) }
        let first = HourOfWeekProfile.hourOfWeek(start + offset)
        let last = HourOfWeekProfile.hourOfWeek(end - 1 + offset)
        if first == last {
            add(step, end - start, to: first)
        } else if end - start <= 2 * HourOfWeekProfile.hour {
            let second = (end + offset) % HourOfWeekProfile.hour
            let late = second == 0 ? min(HourOfWeekProfile.hour, end - start) : min(second, end - start)
            let lateEnergy = Int64(Int128(step) * Int128(late) / Int128(end - start))
            add(lateEnergy, late, to: last)
            add(step - lateEnergy, end - start - late, to: first)
        }
    }

    /// Zones change on whole quarters of an hour.
    private mutating func refreshOffset(at start: Int64, until end: Int64) {
        offset = Int64(zone.secondsFromGMT(for: Date(microseconds: start))) * 1_000_000
        offsetIsGoodUntil = (end / 900_000_000 + 1) * 900_000_000
    }

    private mutating func add(_ step: Int64, _ elapsed: Int64, to slot: Int) {
        energy[slot] += step
        time[slot] += elapsed / 1000
    }

    /// Weights are whole watts: figures that differ only by the rounding of readings are equal.
    var profile: HourOfWeekProfile {
        let mean = Self.watts(energy.reduce(0, +), time.reduce(0, +)) ?? 1
        let byDay = (0..<24).map { hour in
            let slots = stride(from: hour, to: HourOfWeekProfile.hours, by: 24)
            let total = slots.reduce(0) { $0 + time[$1] }
            guard total >= Self.hoursOfDayHour * Self.hourInMilliseconds else { return mean }
            return Self.watts(slots.reduce(0) { $0 + energy[$1] }, total) ?? mean
        }
        return HourOfWeekProfile(
            weights: energy.indices.map { slot in
                guard time[slot] >= Self.hoursOfSlot * Self.hourInMilliseconds else { return byDay[slot % 24] }
                return Self.watts(energy[slot], time[slot]) ?? mean
            })
    }

    private static func watts(_ milliwattHours: Int64, _ milliseconds: Int64) -> Int64? {
        guard milliseconds > 0 else { return nil }
        return Int64(Int128(milliwattHours) * Int128(hourInMilliseconds) / Int128(milliseconds) + 500) / 1000
    }
}
