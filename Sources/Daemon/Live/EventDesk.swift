import Analysis
import Control
import Foundation
import Ingest
import Logging
import Metering
import Notices
import Store
import Synchronization

/// What follows from readings, away from their path: alerts are raised and ended, orders are kept, who looks on is told.
final class EventDesk: Sendable {
    private enum Errand: Sendable {
        case raise(AlertCondition, DeviceEntry, Date)
        case end(AlertCondition.Key, household: Int64, Date)
        /// Orders that changed, with the watts in the newest reading.
        case keep([RelayOrder], household: Int64?, power: Double?, Date)
        case remember(device: Int64, Date)
    }

    private let tasks: AsyncStream<Errand>
    private let inbox: AsyncStream<Errand>.Continuation
    private let roster: DeviceRoster
    private let alerts: AlertDesk
    private let limits: LimitDesk
    private let probes: ProbeDesk
    private let relays: RelayStore
    private let memory: DeviceMemory
    private let hub: LiveHub
    private let logger: Logger
    /// Changes of orders that the database could not take yet, in their order.
    private let unkept = Mutex<[RelayOrder]>([])

    /// So many things may wait to be done; beyond it the oldest are given up and told in the log.
    private static let most = 100_000

    init(
        _ roster: DeviceRoster, alerts: AlertDesk, limits: LimitDesk, probes: ProbeDesk, relays: RelayStore,
        memory: DeviceMemory, hub: LiveHub, logger: Logger
    ) {
        (tasks, inbox) = AsyncStream.makeStream(of: Errand.self, bufferingPolicy: .bufferingOldest(Self.most))
        self.roster = roster
        self.alerts = alerts
        self.limits = limits
        self.probes = probes
        self.relays = relays
        self.memory = memory
        self.hub = hub
        self.logger = logger
    }

    /// Notes what became of a device's readings.
    ///
    /// - Parameter sent: orders that the answer to them carries.
    func took(_ taken: TakenReadings, sent: [RelayOrder], of slot: DeviceSlot, at now: Date) {
        let profile = slot.profile
        if !taken.orders.isEmpty || !sent.isEmpty {
            let power = slot.withState { $0.latest?.power.map { Double($0) } }
            give(.keep(taken.orders + sent, household: profile.household, power: power, now))
        }
        note(taken.orders, of: slot, at: now)
        guard let household = profile.household else { return }
        if !taken.alarms.isEmpty || !taken.ended.isEmpty {
            note(taken.alarms, taken.ended, of: profile.id, household, now)
        }
        if limits.isLimited(household) { give(limited(slot, household, now)) }
        show(slot, household, at: now)
    }

    /// Notes alarms of a device, and those that have ended.
    func note(_ alarms: [LiveAlarm], _ ended: [LiveAlarm], of device: Int64, _ household: Int64, _ now: Date) {
        guard let entry = roster.member(device)?.entry else { return }
        for alarm in ended { give(.end(AlertCondition.Key(alarm, of: device), household: household, now)) }
        for alarm in alarms { give(.raise(AlertCondition(alarm, of: device), entry, now)) }
        give(.remember(device: device, now))
    }

    /// A contact that did not open is an alert, until an order to switch it is seen to be obeyed.
    private func note(_ orders: [RelayOrder], of slot: DeviceSlot, at now: Date) {
        guard let household = slot.profile.household, let entry = roster.member(slot.profile.id)?.entry else {
            return
        }
        for order in orders where !order.isPulse {
            let condition = AlertCondition(stuck: order)
            switch order.state {
            case .stuck: give(.raise(condition, entry, now))
            case .confirmed: give(.end(condition.key, household: household, now))
            case .acknowledged where order.isOn: give(.end(condition.key, household: household, now))
            default: break
            }
        }
    }

    /// Notes orders that changed.
    func keep(_ orders: [RelayOrder], of household: Int64?, at now: Date) {
        if !orders.isEmpty { give(.keep(orders, household: household, power: nil, now)) }
    }

    /// Takes back what was to be tried on sockets of a device that the household no longer lets be tried.
    func withdrawProbes(of member: DeviceRoster.Member, at now: Date) async {
        keep(await probes.withdraw(of: member, at: now), of: member.entry.household?.id, at: now)
    }

    private func give(_ tasks: Errand...) {
        give(tasks)
    }

    private func give(_ tasks: [Errand]) {
        for task in tasks {
            guard case .dropped = inbox.yield(task) else { continue }
            logger.error("too much waits to be noted; an event was given up")
        }
    }

    private func limited(_ slot: DeviceSlot, _ household: Int64, _ now: Date) -> [Errand] {
        guard let entry = roster.member(slot.profile.id)?.entry else { return [] }
        return limits.take(slot, household, at: now).map { change in
            switch change {
            case .reached(let condition): .raise(condition, entry, now)
            case .over(let key): .end(key, household: household, now)
            }
        }
    }

    /// Shows a device as it is now to those who look on.
    func show(_ slot: DeviceSlot, _ household: Int64, at now: Date) {
        guard hub.isWatched(household), let entry = roster.member(slot.profile.id)?.entry else { return }
        let cost = limits.cost(of: household)
        let view = slot.withState { LiveView($0, entry, at: now, cost: cost?.text(for: $0.today?.energy)) }
        publish(.live, household, device: slot.profile.id, view)
    }

    private func publish(
        _ kind: LiveEvent.Kind, _ household: Int64, device: Int64? = nil, _ value: some Encodable
    ) {
        do {
            hub.publish(kind, of: household, device: device, try JSONLine.of(value))
        } catch {
            logger.error("an event could not be shown", metadata: ["kind": "\(kind.rawValue)", "reason": "\(error)"])
        }
    }

    /// Does what is noted, in order, until ``close()``.
    func run() async {
        for await task in tasks {
            switch task {
            case .raise(let condition, let entry, let now): await raise(condition, of: entry, at: now)
            case .end(let key, let household, let now):
                await alerts.end(key, of: household, at: now)
                await follow(await probes.withdraw(key, at: now), household, at: now)
            case .keep(let orders, let household, let power, let now):
                await follow(orders, household, power: power, at: now)
            case .remember(let device, let now): await remember(device, at: now)
            }
        }
    }

    private func raise(_ condition: AlertCondition, of entry: DeviceEntry, at now: Date) async {
        guard let alert = await alerts.raise(condition, of: entry, at: now) else { return }
        await follow(await probes.consider(alert, at: now), alert.household, at: now)
    }

    private func follow(_ orders: [RelayOrder], _ household: Int64?, power: Double? = nil, at now: Date) async {
        await keepNow(orders, household)
        await probes.follow(orders, power: power, at: now)
    }

    private func remember(_ device: Int64, at now: Date) async {
        do { try await memory.save(device, at: now) } catch {
            logger.notice("what was learned of a device is kept later", metadata: ["reason": "\(error)"])
        }
    }

    private func keepNow(_ orders: [RelayOrder], _ household: Int64?) async {
        if let household, hub.isWatched(household) {
            for order in orders { publish(.order, household, OrderView(order)) }
        }
        let all = unkept.withLock { unkept in
            defer { unkept = [] }
            return unkept + orders
        }
        do { try await relays.save(all) } catch  where error.isDatabaseAway {
            unkept.withLock { $0 = all + $0 }
        } catch {
            logger.error(
                "what became of an order could not be stored",
                metadata: ["orders": "\(orders.map(\.id))", "reason": "\(error)"])
        }
    }

    /// Tries again what the database could not take.
    func retry() {
        if unkept.withLock({ !$0.isEmpty }) { give(.keep([], household: nil, power: nil, .distantPast)) }
    }

    /// What is noted already is still done.
    func close() {
        inbox.finish()
    }
}

extension AlertCondition.Key {
    init(_ alarm: LiveAlarm, of device: Int64) {
        self.init(device: device, kind: alarm.kind, socket: alarm.socket)
    }
}

extension AlertCondition {
    init(_ alarm: LiveAlarm, of device: Int64) {
        self.init(
            Key(alarm, of: device), probability: [.none, .unknown].contains(alarm.socket) ? nil : alarm.probability,
            observed: alarm.observed, usual: alarm.usual)
    }

    /// The contact of an order's socket did not open. Only an order to open can be seen to be stuck.
    init(stuck order: RelayOrder) {
        self.init(
            Key(device: order.device, kind: .stuckRelay, socket: NoticeSocket(order.relay)), probability: 1,
            observed: order.wattsAfter, usual: order.wattsBefore)
    }
}
