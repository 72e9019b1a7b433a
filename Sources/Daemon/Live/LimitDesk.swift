import Billing
import Control
import Foundation
import Ingest
import Logging
import Metering
import Reports
import Store
import Synchronization

/// What a household has used so far, kept near at hand: for the warnings of its limits, and for the cost beside its live figures.
final class LimitDesk: Sendable {
    /// What today's energy costs, by what it did when it was last reckoned.
    struct DayCost: Sendable {
        let day: Range<Date>
        let energy: Energy
        let money: Money
        let currency: Currency
        let wording: Wording

        /// As the household writes money; energy since the reckoning costs what a kilowatt-hour cost so far today.
        func text(for energy: Energy?) -> String? {
            guard let energy else { return nil }
            let share = self.energy > .zero ? energy.kilowattHours / self.energy.kilowattHours : 1
            let units = (Double(money.minorUnits) * share).rounded()
            return wording.money(Money(minorUnits: Int64(units)), currency)
        }
    }

    private struct Account: Sendable {
        var watch: LimitWatch?
        /// What was told when it was last kept.
        var kept: Set<LimitStep> = []
        /// Energy of the month before today.
        var monthBefore = Energy.zero
        var cost: DayCost?
        var reckonedAt: Date?
        var day: LocalDate?
    }

    private let stores: DaemonStores
    private let logger: Logger
    private let accounts = Mutex<[Int64: Account]>([:])

    init(_ stores: DaemonStores, logger: Logger) {
        self.stores = stores
        self.logger = logger
    }

    /// Takes up the limits that households have set.
    func load() async throws {
        for stored in try await stores.limits.all() {
            accounts.withLock {
                $0[stored.household, default: Account()].watch = LimitWatch(stored.limits, told: stored.told)
            }
        }
    }

    func isLimited(_ household: Int64) -> Bool {
        accounts.withLock { $0[household]?.watch != nil }
    }

    func limits(of household: Int64) -> HouseholdLimits {
        accounts.withLock { $0[household]?.watch?.limits } ?? HouseholdLimits()
    }

    func cost(of household: Int64) -> DayCost? {
        accounts.withLock { $0[household]?.cost }
    }

    /// Sets other limits and keeps them.
    func change(_ limits: HouseholdLimits, of household: Int64, at now: Date) async throws -> [LimitChange] {
        let (watch, changes) = accounts.withLock { accounts in
            var watch = accounts[household]?.watch ?? LimitWatch(HouseholdLimits())
            let changes = watch.change(to: limits)
            accounts[household, default: Account()].watch = watch
            return (watch, changes)
        }
        try await stores.limits.save(watch, of: household, at: now)
        return changes
    }

    /// Takes a device's latest figures.
    func take(_ slot: DeviceSlot, _ household: Int64, at now: Date) -> [LimitChange] {
        let (latest, today, profile) = slot.withState { ($0.latest, $0.today, $0.profile) }
        // What a sub-meter counts is counted by the main meter already.
        guard let latest, profile.meters.first?.role == .main else { return [] }
        let day = profile.clock.date(at: latest.at)
        return accounts.withLock { accounts in
            guard var account = accounts[household], account.watch != nil else { return [] }
            var changes: [LimitChange] = []
            if let power = latest.power { changes += account.watch?.take(power: Double(power), on: day) ?? [] }
            if let today, account.day == day {
                changes +=
                    account.watch?.take(day: today.energy, month: account.monthBefore + today.energy, on: day) ?? []
            }
            accounts[household] = account
            return changes
        }
    }

    /// Reckons what a household has used and what it costs, and tells the device that carries its meter.
    ///
    /// - Parameter slot: the device of a meter; nil where none carries it.
    func reckon(_ household: Household, at now: Date, slot: (Meter) -> DeviceSlot?) async throws -> Usage {
        let usage = try await UsageReckoning(stores: stores, household: household).usage(at: now)
        let clock = household.clock
        let day = clock.period(of: usage.today)
        accounts.withLock { accounts in
            accounts[household.id, default: Account()].monthBefore = usage.monthEnergy - usage.todayEnergy
            accounts[household.id]?.day = usage.today
            accounts[household.id]?.reckonedAt = now
            accounts[household.id]?.cost = usage.todayCost.map {
                DayCost(
                    day: day, energy: usage.todayEnergy, money: $0.money, currency: $0.currency,
                    wording: Wording(locale: household.locale, clock: clock))
            }
        }
        if let slot = usage.meter.flatMap(slot), let asOf = usage.asOf {
            let tally = DayTally(day: day, energy: usage.todayEnergy, register: asOf.register)
            slot.withState { $0.reckon(tally) }
        }
        return usage
    }

    /// Whether the last reckoning is older than `seconds`, or of another day.
    func isStale(_ household: Int64, by seconds: Double, at now: Date) -> Bool {
        guard let reckoned = accounts.withLock({ $0[household]?.reckonedAt }) else { return true }
        return now.timeIntervalSince(reckoned) > seconds
    }

    /// Keeps what was told of limits, so that a restart tells nothing twice.
    func keep() async throws {
        let changed = accounts.withLock { $0.compactMapValues { $0.watch?.told == $0.kept ? nil : $0.watch?.told } }
        for (household, told) in changed.sorted(by: { $0.key < $1.key }) {
            try await stores.limits.note(told, of: household)
            accounts.withLock { $0[household]?.kept = told }
        }
    }
}
