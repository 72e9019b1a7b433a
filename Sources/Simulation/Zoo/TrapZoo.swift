import Foundation
import Metering

/// Makes histories of registers with known truth, for each thing that can be wrong; the same seed gives the same history.
package enum TrapZoo {
    private static let zones = [
        "Asia/Kolkata", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "America/New_York",
        "Asia/Kathmandu", "UTC",
        "Pacific/Apia",
    ]
    private static let cadences = [1, 5, 10, 30, 60, 60, 60, 300, 900]

    /// - Parameter size: readings, about; half of them at steps of a quarter of an hour.
    package static func history(_ trap: Trap, seed: UInt64, size: Int = 10_000) -> TrappedHistory {
        let mark = trap.rawValue.utf8.reduce(seed &* 0x9E37_79B9_7F4A_7C15) { ($0 &+ UInt64($1)) &* 0x0100_0000_01B3 }
        var random = SeededGenerator(seed: mark)
        let zone = zones[random.number(in: 0...zones.count - 1)]
        let clock = LocalClock(zone: TimeZone(identifier: zone) ?? .gmt)
        let cadence = cadence(for: trap, &random)
        // The weeks around the changes of clocks in both hemispheres.
        let start = 1_711_500_000 + random.number(in: 0...1) * 18_500_000 + random.number(in: 0...600_000)
        var recording = Recording(
            start: start, cadence: cadence, count: cadence >= 300 ? size / 3 : size,
            offset: clock.zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(start))), random: random)
        let modulus = set(trap, in: &recording)
        return recording.history(trap, on: clock, modulus: modulus)
    }

    private static func cadence(for trap: Trap, _ random: inout SeededGenerator) -> Int {
        switch trap {
        case .singlePrecision: return random.happens(0.5) ? 5 : 10
        // Minutes lost at each restart or change of meters must be few beside the whole.
        case .replacement, .mixture: return [60, 60, 300, 900][random.number(in: 0...3)]
        case .stall, .gap, .clockJump, .rollback: return [30, 60, 60, 300][random.number(in: 0...3)]
        default: return cadences[random.number(in: 0...cadences.count - 1)]
        }
    }

    /// - Returns: the modulus that the meter's owner told, if any.
    private static func set(_ trap: Trap, in recording: inout Recording) -> Energy? {
        var cuts: [Range<Int>] = []
        if trap == .rollback || trap == .mixture { cuts = (0..<2).map { _ in recording.cutPower() } }
        let first =
            Int64(recording.random.number(in: 1000...8000)) * 1_000_000
            + Int64(recording.random.number(in: 0...999_999))
        recording.count(from: first)
        cuts.sort { $0.lowerBound < $1.lowerBound }
        for cut in cuts { recording.rollBack(after: cut) }
        switch trap {
        case .clean, .rollback, .duplicate, .late: break
        case .glitch: for _ in 0..<4 { recording.glitch() }
        case .implausible: for _ in 0..<3 { recording.spike() }
        case .reset: for place in [recording.place(), recording.place()].sorted() { recording.reset(at: place) }
        case .stall: recording.stall()
        case .gap: for _ in 0..<3 { recording.loseNetwork() }
        case .clockJump: recording.setClockWrong()
        case .replacement: recording.replace()
        case .coarse: recording.makeCoarse(recording.resolution)
        case .singlePrecision:
            recording.count(from: 8192_000_000 + first)
            recording.countInSinglePrecision()
        case .rollover: return recording.rollOver()
        case .mixture:
            recording.reset(at: recording.place())
            recording.loseNetwork()
            for _ in 0..<2 { recording.glitch() }
            recording.spike()
        }
        return nil
    }
}

extension Recording {
    /// The coarsest usual step that is well below a two-hundredth of all that is used.
    fileprivate var resolution: Int64 {
        let used = (steps.last?.used ?? 0) / Self.flowPerMilliwattHour
        return [1_000_000, 100_000, 10_000, 1000].first { $0 * 400 < used } ?? 1000
    }

    fileprivate mutating func rollOver() -> Energy? {
        let used = (steps.last?.used ?? 0) / Self.flowPerMilliwattHour
        let moduli: [Int64] = [100_000_000_000, 838_860_800, 4_294_967_296, 10_000_000_000]
        let isTold = random.happens(0.3)
        let modulus = isTold ? 50_000_000_000 : moduli[random.number(in: 0...moduli.count - 1)]
        count(from: modulus - used / Int64(random.number(in: 2...6)))
        rollOver(at: modulus)
        return isTold ? Energy(milliwattHours: modulus) : nil
    }

    fileprivate mutating func history(_ trap: Trap, on clock: LocalClock, modulus: Energy?) -> TrappedHistory {
        let boundaries = dayBoundaries(on: clock)
        let needsPower = trap == .stall || trap == .singlePrecision
        let hasPower = needsPower || random.happens(0.6)
        let hasNumbers = random.happens(0.5)
        var readings = steps.filter(\.isSent).map { step in
            Reading(
                at: Date(microseconds: step.at + step.clockError), register: Energy(milliwattHours: step.register),
                power: hasPower ? step.power : nil, bootID: hasNumbers ? step.bootID : nil,
                sequence: hasNumbers ? step.sequence : nil)
        }
        if trap == .duplicate || trap == .mixture { repeatSome(&readings) }
        if trap == .late || trap == .mixture { mixUp(&readings) }
        return TrappedHistory(
            trap: trap, clock: clock, limits: RegisterLimits(cadence: Double(cadence), modulus: modulus),
            readings: readings,
            boundaries: boundaries,
            truth: zip(boundaries, boundaries.dropFirst()).map { used(until: $1) - used(until: $0) })
    }

    private mutating func repeatSome(_ readings: inout [Reading]) {
        for _ in 0..<readings.count / 20 {
            let index = random.number(in: 0...readings.count - 2)
            readings.insert(readings[index], at: index + 1)
        }
    }

    /// Some come up to twenty places late.
    private mutating func mixUp(_ readings: inout [Reading]) {
        for _ in 0..<readings.count / 30 {
            let index = random.number(in: 0...readings.count - 30)
            let reading = readings.remove(at: index)
            readings.insert(reading, at: index + random.number(in: 1...20))
        }
    }

    private func dayBoundaries(on clock: LocalClock) -> [Date] {
        guard let first = steps.first(where: \.isSent), let last = steps.last(where: \.isSent) else { return [] }
        let (start, end) = (Date(microseconds: first.at), Date(microseconds: last.at))
        let days = clock.date(at: start).adding(days: 1)..<clock.date(at: end).adding(days: 1)
        let midnights = (0..<days.lowerBound.days(until: days.upperBound)).map {
            clock.start(of: days.lowerBound.adding(days: $0))
        }
        return [start] + midnights.filter { $0 > start && $0 < end } + [end]
    }

    private func used(until instant: Date) -> Energy {
        let at = instant.microseconds
        guard let index = steps.firstIndex(where: { $0.at >= at }) else { return .zero }
        let since = (steps[index].at - at) / 1000
        return Energy(milliwattHours: (steps[index].used - steps[index].milliwatts * since) / Self.flowPerMilliwattHour)
    }
}
