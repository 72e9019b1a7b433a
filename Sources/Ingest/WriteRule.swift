import Foundation
package import Metering

/// When a reading is worth a row: what the daemon is told between two rows only shows on the live page.
package struct WriteRule: Hashable, Sendable {
    /// Seconds after the last stored reading at which the next is stored.
    package let interval: Double
    /// The energy by which the register has moved when the next is stored.
    package let step: Energy

    package init(interval: Double = 60, step: Energy = Energy(milliwattHours: 1000)) {
        self.interval = interval
        self.step = step
    }
}

/// Applies the rule to one meter's readings as they come.
package struct WriteJudge: Sendable {
    private let rule: WriteRule
    private let clock: LocalClock
    private var stored: (at: Date, register: Energy)?
    private var previous: Reading?
    private var isPreviousStored = true
    private var day: Range<Date>?

    package init(rule: WriteRule, clock: LocalClock, lastStored: Reading?) {
        self.rule = rule
        self.clock = clock
        previous = lastStored
        stored = lastStored.map { ($0.at, $0.register) }
    }

    /// The readings that are to be stored now that `reading` has come: it, the one before it, both or none.
    ///
    /// The one before closes a day, a run of the device or a register that began again, none of which could be known when it came.
    ///
    /// - Parameter isAlert: whether an alarm began with it.
    package mutating func take(_ reading: Reading, isAlert: Bool) -> [Reading] {
        if let previous, reading.at <= previous.at { return [reading] }
        let isBreak = isBreak(reading)
        let closing = isBreak && !isPreviousStored ? previous : nil
        let isWorthIt = isBreak || isAlert || isDue(reading) || reading.relays != previous?.relays
        previous = reading
        isPreviousStored = isWorthIt
        if isWorthIt { stored = (reading.at, reading.register) }
        return (closing.map { [$0] } ?? []) + (isWorthIt ? [reading] : [])
    }

    /// The last reading, if it has no row yet: for a device that fell silent and a daemon that stops.
    package mutating func takeUnstored() -> Reading? {
        guard !isPreviousStored, let previous else { return nil }
        isPreviousStored = true
        stored = (previous.at, previous.register)
        return previous
    }

    /// Says that what was to be stored was not: the next reading will be.
    package mutating func forget() {
        stored = nil
    }

    private func isDue(_ reading: Reading) -> Bool {
        guard let stored else { return true }
        return reading.at.timeIntervalSince(stored.at) >= rule.interval
            || reading.register - stored.register >= rule.step
    }

    /// A new local day, a start of the device, or a register that went back.
    private mutating func isBreak(_ reading: Reading) -> Bool {
        guard let previous else { return true }
        return beginsDay(reading) || reading.register < previous.register || reading.bootID != previous.bootID
            || reading.uptime.map { $0 < previous.uptime ?? $0 } ?? false
    }

    private mutating func beginsDay(_ reading: Reading) -> Bool {
        if let day, day.contains(reading.at) { return false }
        let today = clock.period(of: clock.date(at: reading.at))
        defer { day = today }
        return day != nil || !today.contains(previous?.at ?? reading.at)
    }
}
