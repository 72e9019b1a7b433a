package import Foundation
package import Metering

/// Plays a home's life day by day, as its meter's readings tell it.
///
/// Physical: appliances draw watts minute by minute, the ACS712 adds its noise, the register counts what was measured and is
/// written to flash once a minute. The same seed gives the same readings.
package struct HomeSimulator: Sendable {
    /// Something that went wrong, as it truly was.
    package struct Incident: Hashable, Sendable {
        package enum Kind: String, Sendable {
            case networkLost, powerCut, glitch, reset, leftOn
        }

        package let kind: Kind
        package let period: Range<Date>
    }

    private let home: SimulatedHome
    private let clock: LocalClock
    private let end: LocalDate
    private var random: SeededGenerator
    /// Milliwatt-hours, with the part below one kept.
    private var register: Double
    private var bootID: Int32 = 1
    private var sequence: Int64 = 0
    private var voltage = 0.0
    /// All energy the meter counted, whatever became of its register.
    package private(set) var counted = Energy.zero
    package private(set) var incidents: [Incident] = []

    private static let cadence = 60.0

    /// - Parameter end: the day after the last one that will be played.
    package init(_ home: SimulatedHome, seed: UInt64, until end: LocalDate) throws {
        guard let zone = TimeZone(identifier: home.zone) else {
            throw SimulationError(message: "there is no time zone '\(home.zone)'")
        }
        self.home = home
        self.end = end
        clock = LocalClock(zone: zone)
        let mark = home.slug.utf8.reduce(seed) { ($0 &+ UInt64($1)) &* 0x9E37_79B9_7F4A_7C15 }
        random = SeededGenerator(seed: mark)
        register = Double(home.firstRegister) * 1e6
    }

    /// The readings of the next day; days are played in order.
    package mutating func readings(of day: LocalDate) -> [Reading] {
        let period = clock.period(of: day)
        var load = load(of: day, minutes: Int(period.seconds / Self.cadence))
        let trouble = trouble(of: day, minutes: load.rest.count)
        if let cut = trouble.powerCut { load.cut(cut) }
        note(trouble, on: day, from: period.lowerBound)
        return load.rest.indices.compactMap { minute in
            let at = period.lowerBound.addingTimeInterval(Double(minute + 1) * Self.cadence)
            return reading(at: at, minute: minute, watts: load.watts(minute), relays: load.relays(minute), trouble)
        }
    }

    private mutating func load(of day: LocalDate, minutes: Int) -> HomeLoad {
        let number = day.month * 100 + day.day
        let plan = DayPlan(
            month: day.month, isWeekend: day.isWeekend, isAway: home.away.contains { $0.contains(number) },
            severity: max(0.5, 1 + random.noise() * 0.15))
        var load = HomeLoad(minutes: minutes)
        for appliance in home.appliances {
            switch appliance.socket {
            case 1: appliance.add(to: &load.first, on: plan, with: &random)
            case 2: appliance.add(to: &load.second, on: plan, with: &random)
            default: appliance.add(to: &load.rest, on: plan, with: &random)
            }
        }
        if isLeftOn(day) {
            for minute in minutes * 7 / 24..<minutes * 22 / 24 { load.second[minute] += 1000 }
        }
        return load
    }

    private func isLeftOn(_ day: LocalDate) -> Bool {
        home.leftOnDaysBeforeEnd == day.days(until: end)
    }

    private struct DayTrouble {
        var networkLost: Range<Int>?
        var powerCut: Range<Int>?
        var glitch: Int?
        var resets = false
    }

    private mutating func trouble(of day: LocalDate, minutes: Int) -> DayTrouble {
        var trouble = DayTrouble()
        if random.happens(home.trouble.networkLost) {
            let start = random.number(in: 0...minutes - 2)
            trouble.networkLost = start..<min(minutes, start + random.number(in: 12...280))
        }
        if random.happens(home.trouble.powerCut) {
            let start = random.number(in: 0...minutes - 40)
            trouble.powerCut = start..<min(minutes - 1, start + random.number(in: 3...150))
        }
        if random.happens(home.trouble.glitch) { trouble.glitch = random.number(in: 10...minutes - 10) }
        trouble.resets = home.trouble.resetOn.map { $0 == (day.month, day.day) } ?? false
        if trouble.resets { trouble.powerCut = 600..<606 }
        return trouble
    }

    private mutating func note(_ trouble: DayTrouble, on day: LocalDate, from start: Date) {
        func period(_ minutes: Range<Int>) -> Range<Date> {
            start.addingTimeInterval(
                Double(minutes.lowerBound) * Self.cadence)..<start.addingTimeInterval(
                    Double(minutes.upperBound) * Self.cadence)
        }
        if let lost = trouble.networkLost { incidents.append(Incident(kind: .networkLost, period: period(lost))) }
        if let cut = trouble.powerCut {
            incidents.append(Incident(kind: trouble.resets ? .reset : .powerCut, period: period(cut)))
        }
        if let glitch = trouble.glitch {
            incidents.append(Incident(kind: .glitch, period: period(glitch..<glitch + 1)))
        }
        if isLeftOn(day) { incidents.append(Incident(kind: .leftOn, period: clock.period(of: day))) }
    }

    private mutating func reading(
        at: Date, minute: Int, watts: Double, relays: RelayStates, _ trouble: DayTrouble
    ) -> Reading? {
        if let cut = trouble.powerCut, cut.contains(minute) {
            if minute == cut.lowerBound { restart(resets: trouble.resets) }
            return nil
        }
        // ACS712, 30 A: noise of some 25 mA at 230 V; the firmware calls less than 4 W nothing.
        let measured = max(0, watts + random.noise() * 5.5)
        let power = measured < 4 ? 0 : measured
        let milliwattHours = (power * Self.cadence / 3.6).rounded()
        register += milliwattHours
        counted += Energy(milliwattHours: Int64(milliwattHours))
        sequence += 1
        voltage = voltage * 0.98 + random.noise() * 0.6
        if let lost = trouble.networkLost, lost.contains(minute) { return nil }
        let volts = 231 + voltage
        return Reading(
            at: at, register: trouble.glitch == minute ? .zero : Energy(milliwattHours: Int64(register)),
            power: Float((power * 10).rounded() / 10), voltage: Float((volts * 10).rounded() / 10),
            current: Float((power / volts * 1000).rounded() / 1000), relays: relays, bootID: bootID,
            sequence: sequence)
    }

    /// After a cut the device begins with what its flash held: up to a minute old, or nothing.
    private mutating func restart(resets: Bool) {
        bootID += 1
        sequence = 0
        let lost = resets ? register : min(register, Double(random.number(in: 0...4000)))
        register -= lost
        if !resets { counted = counted - Energy(milliwattHours: Int64(lost)) }
    }
}

/// Why a home cannot be played.
package struct SimulationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String

    package init(message: String) {
        self.message = message
    }

    package var description: String { message }
}
