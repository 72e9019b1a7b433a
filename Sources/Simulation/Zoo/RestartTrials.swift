import Foundation
import Metering

/// How often a register that began again and one that only seemed to are told apart.
package struct RestartTrials: Sendable {
    package private(set) var trials = 0
    package private(set) var right = 0

    package var share: Double { Double(right) / Double(max(1, trials)) }

    /// Plays short histories, half with a restart and half with a dip, from registers small and large, at steps from 1 s to
    /// 15 min, and half of them without the device's own numbers.
    package init(seeds: ClosedRange<UInt64>) {
        for seed in seeds {
            for trap in [Trap.glitch, .reset] {
                trials += 1
                if Self.isTold(trap, seed: seed) { right += 1 }
            }
        }
    }

    private static func isTold(_ trap: Trap, seed: UInt64) -> Bool {
        var random = SeededGenerator(seed: seed &* 2 &+ (trap == .reset ? 1 : 0))
        let cadence = [1, 10, 60, 60, 300, 900][random.number(in: 0...5)]
        var recording = Recording(start: 1_740_000_000, cadence: cadence, count: 120, offset: 0, random: random)
        // From some days of use to many years.
        let days = [5, 30, 400, 4000][random.number(in: 0...3)]
        recording.count(from: Int64(days * random.number(in: 2000...12_000)) * 1000)
        let place = random.number(in: 20...100)
        if trap == .reset { recording.reset(at: place) } else { recording.dip(at: place, with: &random) }
        let hasNumbers = random.happens(0.5)
        let readings = recording.steps.map { step in
            Reading(
                at: Date(microseconds: step.at), register: Energy(milliwattHours: step.register),
                bootID: hasNumbers ? step.bootID : nil, sequence: hasNumbers ? step.sequence : nil)
        }
        let limits = RegisterLimits(maximumPower: 15_000, cadence: Double(cadence))
        let events = RepairedRegister(RegisterHistory(readings), limits: limits).events
        // Readings that are left out may leave a gap as well.
        return events.map(\.kind).filter { $0 != .gap } == [trap == .reset ? .reset : .glitch]
    }
}

extension Recording {
    fileprivate mutating func dip(at place: Int, with random: inout SeededGenerator) {
        let fraction = random.happens(0.6) ? 0 : random.share() * 0.95
        for index in place..<place + random.number(in: 1...4) {
            steps[index].register = Int64(Double(steps[index].register) * fraction)
        }
    }
}
