import Billing
import Control
import Foundation
import Ingest
import Metering
import Notices
import Store

/// A household as the original's calls ask for it: one device, figures as plain numbers.
struct LegacyHousehold: Sendable {
    let household: Household
    let member: DeviceRoster.Member?
    let premises: Premises
    let now: Date

    var latest: LatestReading? { member?.slot.withState(\.latest) }

    /// Whether the device is heard of: what it said before is not live.
    var isLive: Bool {
        guard let member, let latest else { return false }
        return now.timeIntervalSince(latest.arrival) <= max(60, 3 * member.slot.withState(\.cadence))
    }

    func usage() async throws -> Usage {
        try await premises.usage(of: household, at: now)
    }

    /// The worst of what goes on in the sockets now.
    func anomaly() async -> Alert? {
        let kinds: Set<NoticeKind> = [.heavier, .leftOn, .twoAtOnce, .stuckRelay, .spike]
        return await premises.alerts.openAlerts(of: household.id).filter { kinds.contains($0.condition.key.kind) }
            .max { ($0.condition.severity, $1.openedAt) < ($1.condition.severity, $0.openedAt) }
    }

    /// The words that the app compares with.
    static func socket(of alert: Alert?) -> String {
        switch alert?.condition.key.socket {
        case .first: "Socket 1"
        case .second: "Socket 2"
        case .both: "Both Sockets"
        case .none?, .unknown, nil: "None"
        }
    }

    /// Readings of the last while, in order of time.
    func readings(seconds: Double) async throws -> [Reading] {
        guard let meter = member?.slot.profile.meters.first else { return [] }
        return try await premises.stores.readings.readings(
            of: meter, from: now.addingTimeInterval(-seconds), through: now)
    }

    /// Readings of a period, in order of time.
    func readings(in period: Range<Date>) async throws -> [Reading] {
        guard let meter = member?.slot.profile.meters.first else { return [] }
        return try await premises.stores.readings.readings(
            of: meter, from: period.lowerBound, through: period.upperBound)
    }

    /// A local day with its hours, by the engine; nil where nothing is known of it.
    func day(_ date: LocalDate) async throws -> DayConsumption? {
        try await UsageReckoning(stores: premises.stores, household: household).days(
            from: date, to: date.adding(days: 1), at: now)[date]
    }

    /// Watts in the mean over the last days that are known; nil without any.
    func averagePower(over days: Int) async throws -> Double? {
        let today = household.clock.date(at: now)
        let series = try await UsageReckoning(stores: premises.stores, household: household)
            .days(from: today.adding(days: -days), to: today, at: now)
        let known = series.days.map(\.whole).filter(\.isKnown)
        let hours = known.reduce(0) { $0 + $1.period.seconds } / 3600
        return hours > 0 ? known.map(\.energy).sum().kilowattHours * 1000 / hours : nil
    }

    /// The original's members of a reading; numbers and not null, relays as 0 and 1.
    static func data(of latest: LatestReading) -> Document {
        data(
            at: latest.at, power: latest.power, voltage: latest.voltage, current: latest.current,
            register: latest.register, relay1: latest.relay1, relay2: latest.relay2)
    }

    /// The same of a reading that was stored.
    static func data(of reading: Reading) -> Document {
        data(
            at: reading.at, power: reading.power, voltage: reading.voltage, current: reading.current,
            register: reading.register, relay1: reading.relays?.contains(.first),
            relay2: reading.relays?.contains(.second))
    }

    private static func data(
        at instant: Date, power: Float?, voltage: Float?, current: Float?, register: Energy?, relay1: Bool?,
        relay2: Bool?
    ) -> Document {
        let energy = Document.sure(register?.kilowattHours)
        return [
            "voltage": .sure(voltage.map(Double.init)), "current": .sure(current.map(Double.init)),
            "power": .sure(power.map(Double.init)), "energy": energy, "energy_consumed": energy,
            "relay1": .integer(relay1 == true ? 1 : 0), "relay2": .integer(relay2 == true ? 1 : 0),
            "timestamp": .text(ReadingAnswer.timestamp(instant)),
        ]
    }
}

extension Premises {
    /// The household that a call of the original means: the caller's own; for an administrator, and in the original's mode, the
    /// one of the account, household or consumer number that the path names, or the only one there is.
    func legacyHousehold(_ call: Call, named user: String?) async throws -> LegacyHousehold {
        let household = try await legacyTarget(call, named: user)
        return LegacyHousehold(
            household: household, member: roster.members(of: household.id).first, premises: self, now: call.now)
    }

    private func legacyTarget(_ call: Call, named user: String?) async throws -> Household {
        let all = try await stores.households.all().households
        let named = try await user.asyncFlatMap { try await self.household(meantBy: $0, among: all) }
        if let person = call.person, !person.isAdmin {
            guard let own = all.first(where: { $0.id == person.household }) else { throw Refusal.notThere }
            // A name that means nobody is the app's own placeholder.
            guard named == nil || named?.id == own.id else { throw Refusal.notThere }
            return own
        }
        if let named { return named }
        guard all.count == 1, let only = all.first else { throw Refusal.notThere }
        return only
    }

    private func household(meantBy user: String, among all: [Household]) async throws -> Household? {
        if let id = Int64(user), let person = try await stores.accounts.person(id), let household = person.household {
            return all.first { $0.id == household }
        }
        return all.first { $0.slug == user || $0.consumerNumber == user }
    }
}
