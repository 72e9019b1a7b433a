import Control
import Foundation
import Ingest
import Logging
import Store

/// Settles doubt about the socket behind an alert: where the household lets it, one relay is opened for a moment.
///
/// Nothing of it has to survive the daemon: the device closes the relay by itself, and what was found stands in the alert.
actor ProbeDesk {
    private let roster: DeviceRoster
    private let relays: RelayStore
    private let alerts: AlertDesk
    private let logger: Logger
    /// Those whose order has not settled, by its number.
    private var probes: [Int64: Probe] = [:]

    /// Seconds after which a reading says nothing of the power that flows now.
    private static let staleAfter = 300.0

    init(_ roster: DeviceRoster, relays: RelayStore, alerts: AlertDesk, logger: Logger) {
        self.roster = roster
        self.relays = relays
        self.alerts = alerts
        self.logger = logger
    }

    /// Orders a relay to be opened for a moment because of an alert that has just opened, if there is doubt and it may be.
    ///
    /// - Returns: the order that was given, to be kept.
    func consider(_ alert: Alert, at now: Date) async -> [RelayOrder] {
        guard let device = alert.condition.key.device, let member = roster.member(device),
            ProbeRule.kinds.contains(alert.condition.key.kind)
        else { return [] }
        do {
            let rule = try await rule(for: member, of: alert.household)
            let relay = try member.slot.withState { state throws(ProbeRefusal) in
                try Self.relay(for: alert, by: rule, in: state, at: now)
            }
            return try await order(relay, because: alert, by: rule, of: member, at: now)
        } catch let refusal as ProbeRefusal {
            logger.debug("no socket is tried", metadata: ["device": "\(device)", "reason": "\(refusal.rawValue)"])
        } catch {
            logger.warning("a socket could not be tried", metadata: ["device": "\(device)", "reason": "\(error)"])
        }
        return []
    }

    private func rule(for member: DeviceRoster.Member, of household: Int64) async throws -> ProbeRule {
        let id = member.entry.device.id
        // What was not agreed to needs no question of the database.
        guard !member.entry.mayProbe.isEmpty else { throw ProbeRefusal.noConsent }
        return ProbeRule(
            consent: member.entry.mayProbe, rating: member.entry.device.relayRating,
            longestPulse: member.slot.withState { $0.longestPulse }, last: try await relays.lastPulse(of: id),
            stuck: await alerts.stuckSockets(of: id, household))
    }

    private static func relay(
        for alert: Alert, by rule: ProbeRule, in state: DeviceState, at now: Date
    ) throws(ProbeRefusal) -> Relay {
        guard let latest = state.latest, now.timeIntervalSince(latest.at) < staleAfter else { throw .unknownCurrent }
        return try rule.relay(for: alert.condition, on: state.relays, at: now)
    }

    /// The board refuses it if something was ordered meanwhile.
    private func order(
        _ relay: Relay, because alert: Alert, by rule: ProbeRule, of member: DeviceRoster.Member, at now: Date
    ) async throws -> [RelayOrder] {
        let cadence = member.slot.withState { $0.cadence }
        let order = try await relays.insert(
            RelayOrderDraft(
                device: member.entry.device.id, relay: relay, isOn: false, by: "probe",
                because: alert.id.map { "to find out which socket alert \($0) is about" }
                    ?? "to find out which socket it is",
                at: now, lifetime: .usual(isOn: true, cadence: cadence), pulse: rule.pulse))
        probes[order.id] = Probe(of: alert.condition, by: order)
        return member.slot.withState { $0.relays.place(order, at: now) }
    }

    /// Follows orders that changed, and tells what was found.
    ///
    /// - Parameter power: watts in the newest reading.
    func follow(_ orders: [RelayOrder], power: Double?, at now: Date) async {
        for order in orders where order.isPulse && order.state.isFinal {
            guard var probe = probes.removeValue(forKey: order.id), let member = roster.member(order.device),
                let household = member.entry.household?.id, let finding = probe.follow(order, after: power)
            else { continue }
            await alerts.settle(
                probe.condition.key, of: household, by: finding, in: member.entry.place, at: now)
        }
    }

    /// An alert is over: what was to be tried because of it and was not sent yet is taken back.
    ///
    /// - Returns: the orders that this settles.
    func withdraw(_ key: AlertCondition.Key, at now: Date) -> [RelayOrder] {
        let idle = probes.filter { $0.value.condition.key == key }.keys
        guard let device = key.device, let member = roster.member(device) else { return [] }
        return idle.sorted().flatMap { order in member.slot.withState { $0.relays.withdraw(order, at: now) } }
    }

    /// A household has taken its word back for some sockets of a device, or put them on the list of those never cut.
    ///
    /// - Returns: the orders that this settles.
    func withdraw(of member: DeviceRoster.Member, at now: Date) -> [RelayOrder] {
        let allowed = member.entry.mayProbe
        return member.slot.withState { state in
            Relay.allCases.filter { !allowed.contains($0) }.compactMap { state.relays.orders[$0] }
                .flatMap { state.relays.withdraw($0.id, at: now) }
        }
    }
}
