import Control
import Foundation
import Ingest
import Logging
import Metering
import Store

/// What the daemon does by the clock and not because somebody asks.
struct Housekeeping: Sendable {
    let premises: Premises

    /// Seconds between two rounds of each kind.
    private static let tick = 5
    private static let beat = 15
    private static let reckoning = 60.0
    private static let saving = 600
    private static let sweeping = 3600

    /// Goes on until its task is cancelled.
    func run() async {
        var second = 0
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(Self.tick)) } catch { return }
            second += Self.tick
            let now = premises.now()
            tickDevices(at: now)
            await premises.alerts.tick(at: now)
            await premises.messages.tick(at: now)
            premises.events.retry()
            if second % Self.beat == 0 { premises.hub.beat() }
            await attempt("roster") { try premises.roster.keep() }
            await attempt("schedules") { try await carryOutSchedules(at: now) }
            await attempt("usage") { try await reckon(at: now) }
            if second % Self.saving == 0 { await attempt("memory") { try await premises.memory.save(at: now) } }
            if second % Self.sweeping == 0 { await attempt("sweep") { try await sweep(at: now) } }
        }
    }

    /// One round that fails is told and tried again at its next time.
    private func attempt(_ what: String, _ body: () async throws -> Void) async {
        do { try await body() } catch  where error.isDatabaseAway {
            premises.logger.debug("a round waits for the database", metadata: ["round": "\(what)"])
        } catch {
            premises.logger.error("a round failed", metadata: ["round": "\(what)", "reason": "\(error)"])
        }
    }

    private func tickDevices(at now: Date) {
        for member in premises.roster.all {
            let id = member.entry.device.id
            let (told, rows) = member.slot.withState { state in
                let told = state.tick(at: now)
                return (told, told.alarms.isEmpty ? [] : state.takeUnstored())
            }
            premises.events.keep(told.orders, of: member.entry.household?.id, at: now)
            guard let household = member.entry.household?.id, !told.alarms.isEmpty else { continue }
            premises.events.note(told.alarms, [], of: id, household, now)
            premises.events.show(member.slot, household, at: now)
            premises.store(rows, of: member.slot)
        }
    }

    /// Each due change makes one order, however often the daemon was killed.
    private func carryOutSchedules(at now: Date) async throws {
        let plan = SwitchingPlan(try await premises.stores.relays.schedules(), at: now)
        guard !plan.advances.isEmpty else { return }
        for order in try await premises.stores.relays.carryOut(plan, at: now) {
            guard let member = premises.roster.member(order.device) else { continue }
            let changes = member.slot.withState { $0.relays.place(order, at: now) }
            premises.events.keep(changes, of: member.entry.household?.id, at: now)
        }
    }

    /// What those who look on, and those who have set limits, have used so far.
    private func reckon(at now: Date) async throws {
        let wanted = premises.roster.all.compactMap(\.entry.household).filter { household in
            (premises.hub.isWatched(household.id) || premises.limits.isLimited(household.id))
                && premises.limits.isStale(household.id, by: Self.reckoning, at: now)
        }
        for place in Dictionary(grouping: wanted, by: \.id).values.compactMap(\.first).sorted(by: { $0.id < $1.id }) {
            guard let household = try await premises.stores.households.household(named: place.slug) else { continue }
            _ = try await premises.usage(of: household, at: now)
        }
        try await premises.limits.keep()
    }

    private func sweep(at now: Date) async throws {
        premises.hub.sweep()
        try await premises.stores.sessions.remove(before: now.addingTimeInterval(-86_400))
        try await premises.stores.readings.prepare(from: now, months: 1)
    }
}
