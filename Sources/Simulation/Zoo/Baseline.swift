package import Foundation
package import Metering

/// How other systems turn a register into consumption, for comparison: their rules, written anew.
package enum Baseline: String, Sendable, CaseIterable {
    /// The greatest less the least register of each day.
    case maxMin = "MAX-MIN"
    /// Prometheus, Flux, Timescale: a register that falls began again at zero.
    case anyDropIsReset = "any drop is a reset"
    /// Home Assistant's long-term statistics (`total_increasing`): a fall below nine tenths is a reset; a lesser one counts as
    /// it is, and takes away.
    case homeAssistant = "Home Assistant"
    /// The emoncms process "kWh accumulator": steps up count, falls do not, and beyond a power the step is left out.
    case emoncms = "emoncms"
    /// evcc: steps up count, and a register that fell is gone on with from where it is.
    case evcc = "evcc"

    /// What the system books between each boundary and the next.
    ///
    /// - Parameter readings: as they came; a live system takes them so, a query sorts them by time.
    package func consumption(of readings: [Reading], between boundaries: [Date]) -> [Energy] {
        let readings = isQuery ? readings.sorted { $0.at < $1.at } : readings
        return self == .maxMin
            ? Self.ranges(of: readings, between: boundaries) : steps(of: readings, between: boundaries)
    }

    private var isQuery: Bool { self == .maxMin || self == .anyDropIsReset }

    private static func ranges(of readings: [Reading], between boundaries: [Date]) -> [Energy] {
        var least: [Energy?] = Array(repeating: nil, count: boundaries.count - 1)
        var greatest = least
        var bucket = Bucket(boundaries)
        for reading in readings {
            guard let index = bucket.index(of: reading.at) else { continue }
            least[index] = min(least[index] ?? reading.register, reading.register)
            greatest[index] = max(greatest[index] ?? reading.register, reading.register)
        }
        return zip(least, greatest).map { least, greatest in
            guard let least, let greatest else { return .zero }
            return greatest - least
        }
    }

    private func steps(of readings: [Reading], between boundaries: [Date]) -> [Energy] {
        var booked = Array(repeating: Energy.zero, count: boundaries.count - 1)
        var bucket = Bucket(boundaries)
        for (earlier, later) in zip(readings, readings.dropFirst()) {
            guard let index = bucket.index(of: later.at) else { continue }
            booked[index] += energy(from: earlier, to: later)
        }
        return booked
    }

    private func energy(from earlier: Reading, to later: Reading) -> Energy {
        let step = later.register - earlier.register
        switch self {
        case .maxMin: return step
        case .anyDropIsReset: return step >= .zero ? step : later.register
        case .homeAssistant:
            let isReset = later.register.milliwattHours < earlier.register.milliwattHours / 10 * 9
            return isReset ? later.register : step
        case .emoncms:
            let hours = later.at.timeIntervalSince(earlier.at) / 3600
            return hours > 0 && step.kilowattHours < Self.mostKilowatts * hours ? max(.zero, step) : .zero
        case .evcc:
            return max(.zero, step)
        }
    }

    private static let mostKilowatts = 60.0
}

/// Finds the period that holds an instant; fast when instants rise.
private struct Bucket {
    private let boundaries: [Date]
    private var current = 0

    init(_ boundaries: [Date]) {
        self.boundaries = boundaries
    }

    /// The last period holds its end as well.
    mutating func index(of instant: Date) -> Int? {
        while current > 0, instant < boundaries[current] { current -= 1 }
        while current < boundaries.count - 2, instant >= boundaries[current + 1] { current += 1 }
        guard let first = boundaries.first, let last = boundaries.last else { return nil }
        return instant >= first && instant <= last ? current : nil
    }
}
