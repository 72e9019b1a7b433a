import Foundation
import Metering

/// What a meter measured, step by step, while traps are set in it.
struct Recording {
    struct Step {
        /// Microseconds since 1970, at the step's end.
        let at: Int64
        /// Over the step.
        var milliwatts: Int64
        /// Milliwatts times milliseconds that were truly used until its end.
        var used: Int64 = 0
        /// Milliwatt-hours on the register.
        var register: Int64 = 0
        var power: Float
        var bootID: Int32 = 1
        var sequence: Int64 = 0
        /// How far the device's clock is ahead, in microseconds.
        var clockError: Int64 = 0
        var isSent = true
    }

    var steps: [Step]
    let cadence: Int
    var random: SeededGenerator

    static let flowPerMilliwattHour: Int64 = 3_600_000

    /// - Parameter start: seconds since 1970.
    init(start: Int, cadence: Int, count: Int, offset: Int, random: SeededGenerator) {
        self.cadence = cadence
        self.random = random
        var load = ZooLoad(random: random)
        steps = (1...count).map { number in
            let second = start + number * cadence
            let watts = load.watts(at: second + offset, over: cadence)
            return Step(
                at: Int64(second) * 1_000_000, milliwatts: Int64(watts * 1000),
                power: Float((watts * 10).rounded() / 10),
                sequence: Int64(number))
        }
        _ = self.random.next()
    }

    /// Reckons what was used and what the register shows, once the power is settled.
    mutating func count(from first: Int64) {
        var used: Int64 = 0
        for index in steps.indices {
            if index > 0 { used += steps[index].milliwatts * Int64(cadence) * 1000 }
            steps[index].used = used
            steps[index].register = first + used / Self.flowPerMilliwattHour
        }
    }

    /// A place that leaves some steps before and after it.
    mutating func place(room: Int = 30) -> Int {
        let margin = min(room, steps.count / 4)
        return random.number(in: margin...steps.count - margin - 1)
    }

    /// So many steps as a number of minutes takes, one at least.
    func steps(minutes: Int) -> Int {
        max(1, minutes * 60 / cadence)
    }

    mutating func shift(from index: Int, by energy: Int64) {
        for later in index..<steps.count { steps[later].register += energy }
    }

    mutating func restart(at index: Int) {
        let sent = steps[index].sequence - 1
        for later in index..<steps.count {
            steps[later].bootID += 1
            steps[later].sequence -= sent
        }
    }
}

/// What a home draws, with a day and a week in it.
struct ZooLoad {
    private var random: SeededGenerator
    private let base: Double
    private let phase: Int
    private var appliance = 0.0
    private var applianceEnd = 0

    init(random: SeededGenerator) {
        self.random = random
        base = Double(self.random.number(in: 30...120))
        phase = self.random.number(in: 0...45)
    }

    mutating func watts(at second: Int, over cadence: Int) -> Double {
        let hour = second / 3600 % 24
        let isWeekend = second / 86_400 % 7 == 2 || second / 86_400 % 7 == 3
        let busy =
            (17...22).contains(hour)
            ? 1.2 : (6...8).contains(hour) || isWeekend && hour > 8 ? 0.7 : hour < 6 ? 0.05 : 0.25
        if second >= applianceEnd {
            appliance = 0
            if random.happens(busy * Double(cadence) / 3600) {
                appliance = Double(random.number(in: 300...2400))
                applianceEnd = second + random.number(in: 2...60) * 60
            }
        }
        let fridge = (second / 60 + phase) % 45 < 15 ? 110.0 : 0
        let evening = (18...22).contains(hour) ? 180.0 : 0
        return max(5, base + fridge + evening + appliance + random.noise() * 4)
    }
}
