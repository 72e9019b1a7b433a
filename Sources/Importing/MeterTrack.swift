import Foundation
import Metering

/// One meter of a file while its lines go by.
struct MeterTrack {
    let household: String
    let channel: Header.Channel
    let meterName: String
    let role: Meter.Role
    private(set) var steps = StepCount()
    /// The time that the last line told.
    private(set) var lastInstant: Date?
    private var lastIntervalEnd: Date?
    private var cumulative = Cumulative()
    private(set) var readings: [Reading] = []
    /// Found by the first pass.
    var cadence: Double?

    init(household: String, channel: Header.Channel, meterName: String, role: Meter.Role) {
        self.household = household
        self.channel = channel
        self.meterName = meterName
        self.role = role
    }

    var isDerived: Bool { channel.source != .register }

    mutating func beginAgain(cadence: Double) {
        self.cadence = cadence
        lastInstant = nil
        lastIntervalEnd = nil
        cumulative = Cumulative()
        readings = []
    }

    mutating func survey(_ instant: Date) {
        if let lastInstant { steps.add(instant.timeIntervalSince(lastInstant)) }
        lastInstant = instant
    }

    /// A clock time that comes twice is the earlier one, unless that is not after the line before.
    func choose(earlier: Date, later: Date) -> Date {
        guard let lastInstant else { return earlier }
        return earlier > lastInstant ? earlier : later
    }

    mutating func add(_ reading: Reading) {
        readings.append(reading)
        lastInstant = reading.at
    }

    /// Adds an interval's energy to the register that is made here; a stretch that no line stands for gets a reading at its
    /// end, so that the register does not seem to have moved in it.
    mutating func add(
        _ quantity: Cumulative.Quantity, over interval: Range<Date>, toldAt instant: Date, extras: Reading
    ) {
        if lastIntervalEnd.map({ interval.lowerBound > $0 }) ?? true {
            readings.append(Reading(at: interval.lowerBound, register: cumulative.energy))
        }
        cumulative.add(quantity, seconds: interval.seconds)
        var reading = Reading(at: interval.upperBound, register: cumulative.energy)
        reading.take(extras)
        readings.append(reading)
        lastInstant = instant
        lastIntervalEnd = interval.upperBound
    }

    /// Keeps the energy of an interval that has no place in time: the next reading shows it.
    mutating func keep(_ quantity: Cumulative.Quantity, seconds: Double) {
        cumulative.add(quantity, seconds: seconds)
    }

    mutating func takeReadings() -> MeterReadings? {
        guard !readings.isEmpty else { return nil }
        defer { readings = [] }
        return MeterReadings(
            household: household, meter: meterName, role: role, isDerived: isDerived, cadence: cadence ?? 60,
            readings: readings)
    }
}

/// A register made by adding, exact: milliwatt-hours, and milliwatt-seconds below them.
struct Cumulative {
    enum Quantity {
        case energy(Energy)
        /// Thousandths of a watt.
        case power(milliwatts: Int64)
    }

    private(set) var energy = Energy.zero
    private var milliwattSeconds: Int64 = 0

    mutating func add(_ quantity: Quantity, seconds: Double) {
        switch quantity {
        case .energy(let more):
            energy += more
        case .power(let milliwatts):
            milliwattSeconds += milliwatts * Int64(seconds.rounded())
            energy += Energy(milliwattHours: milliwattSeconds / 3600)
            milliwattSeconds %= 3600
        }
    }
}

/// Which step between lines is met most.
struct StepCount {
    private var counts: [Int: Int] = [:]
    private static let mostSteps = 5000
    private var total = 0

    mutating func add(_ seconds: Double) {
        guard seconds > 0, total < Self.mostSteps else { return }
        counts[Int(seconds.rounded()), default: 0] += 1
        total += 1
    }

    /// Seconds; nil without two lines.
    var mostCommon: Double? {
        counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }.map { Double(max(1, $0.key)) }
    }
}
