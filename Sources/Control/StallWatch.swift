import Foundation
package import Metering

/// Whether a device's register stands still while power flows, in constant memory.
///
/// The register stalls when it moved less than a twentieth of what it should in ten minutes of readings above 30 W. One that
/// counts in coarse steps is given as long as three of its steps should take.
package struct StallWatch: Sendable {
    private struct Point: Sendable {
        let at: Date
        let power: Double
        let register: Energy
    }

    private var last: Point?
    /// Where the stretch begins over which the register is compared.
    private var start: Point?
    /// Milliwatt-hours that should have been counted since.
    private var flowed = 0.0
    /// The smallest move of the register seen so far, in milliwatt-hours.
    private var step: Int64?
    /// Watts that flowed in the mean while the register stood still; nil while it counts.
    package private(set) var hiddenPower: Double?

    package init() {}

    /// Takes a reading; one without power, or not later than the last, says nothing.
    ///
    /// - Returns: whether it has just stalled, or counts again; nil when nothing changed.
    package mutating func take(_ reading: Reading) -> Bool? {
        guard let power = reading.power else { return nil }
        let point = Point(at: reading.at, power: Double(power), register: reading.register)
        guard let last else {
            begin(point)
            return nil
        }
        let seconds = point.at.timeIntervalSince(last.at)
        guard seconds > 0 else { return nil }
        return follow(point, after: last, seconds: seconds)
    }

    private mutating func follow(_ point: Point, after last: Point, seconds: Double) -> Bool? {
        let moved = point.register.milliwattHours - last.register.milliwattHours
        let flow = (last.power + point.power) / 2 * seconds / 3.6
        if moved > 0 { step = min(step ?? moved, moved) }
        if hiddenPower != nil { return resume(point, moved: moved, flow: flow) }
        guard moved >= 0, seconds <= Self.longestGap, min(last.power, point.power) > Self.leastPower else {
            begin(point)
            return nil
        }
        self.last = point
        flowed += flow
        return judge(point)
    }

    /// A register that counts again does so at the pace of the power, or by a step of its own.
    private mutating func resume(_ point: Point, moved: Int64, flow: Double) -> Bool? {
        guard moved < 0 || (moved > 0 && Double(moved) >= Self.share * flow) else {
            last = point
            return nil
        }
        hiddenPower = nil
        begin(point)
        return false
    }

    private mutating func judge(_ point: Point) -> Bool? {
        guard let start else { return nil }
        let seconds = point.at.timeIntervalSince(start.at)
        guard seconds >= Self.patience, flowed >= leastFlow else { return nil }
        let moved = Double(point.register.milliwattHours - start.register.milliwattHours)
        let power = flowed / seconds * 3.6
        let hasStalled = moved < Self.share * flowed
        begin(point)
        guard hasStalled else { return nil }
        hiddenPower = power
        return true
    }

    private mutating func begin(_ point: Point) {
        last = point
        start = point
        flowed = 0
    }

    /// Milliwatt-hours that any register of this kind should have shown.
    private var leastFlow: Double { step.map { 3 * Double($0) } ?? Self.unknownStep }

    /// Watts below which a sensor may dream.
    private static let leastPower = 30.0
    /// Seconds.
    private static let patience = 600.0
    /// Seconds after which the power in between is not known.
    private static let longestGap = 300.0
    /// The share of what flowed that a register must show.
    private static let share = 0.05
    /// Milliwatt-hours: many registers count in steps of ten watt-hours.
    private static let unknownStep = 10_000.0
}
