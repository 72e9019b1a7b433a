import Channels
import Control
import Foundation
import Ingest
import Logging
import Metering
import Secrets
import Store

/// All that the routes share.
struct Premises: Sendable {
    let settings: DaemonSettings
    let stores: DaemonStores
    let roster: DeviceRoster
    let memory: DeviceMemory
    let queue: CommitQueue
    let writer: ReadingWriter
    let intake: Intake
    let hub: LiveHub
    let events: EventDesk
    let messages: MessageDesk
    let alerts: AlertDesk
    let limits: LimitDesk
    let doorkeeper: Doorkeeper
    let passwords: PasswordDesk
    let switchboard: Switchboard
    let sockets: SocketFeed
    let metrics: Metrics
    let claims = TryLimiter()
    let announcements = AnnouncementLimiter()
    let logger: Logger
    let now: @Sendable () -> Date

    init(
        _ settings: DaemonSettings, _ stores: DaemonStores, spool: Spool, courier: Courier, logger: Logger,
        now: @escaping @Sendable () -> Date
    ) {
        self.settings = settings
        self.stores = stores
        self.logger = logger
        self.now = now
        let kept = URL(filePath: settings.spool, directoryHint: .isDirectory).appending(path: "devices")
        roster = DeviceRoster(
            stores.devices, rule: settings.rule, alarms: settings.alarms, file: kept, logger: logger)
        memory = DeviceMemory(stores: stores, roster: roster, logger: logger)
        queue = CommitQueue()
        metrics = Metrics()
        writer = ReadingWriter(stores.incoming, spool: spool, logger: logger)
        hub = LiveHub(first: Int64(now().timeIntervalSince1970 * 1000))
        messages = MessageDesk(stores, courier: courier, logger: logger, now: now)
        alerts = AlertDesk(stores, hub: hub, messages: messages, logger: logger)
        limits = LimitDesk(stores, logger: logger)
        let probes = ProbeDesk(roster, relays: stores.relays, alerts: alerts, logger: logger)
        events = EventDesk(
            roster, alerts: alerts, limits: limits, probes: probes, relays: stores.relays, memory: memory, hub: hub,
            logger: logger)
        switchboard = Switchboard(memory: memory, relays: stores.relays, events: events)
        intake = Intake(queue: queue, metrics: metrics, memory: memory, desk: events, now: now)
        doorkeeper = Doorkeeper(stores, roster, settings)
        let host = SocketHost(
            doorkeeper: doorkeeper, roster: roster, settings: settings, switchboard: switchboard, now: now)
        sockets = SocketFeed(settings.socketIO, host.handlers, roster, logger: logger)
        passwords = PasswordDesk()
        hub.attach(sockets)
    }

    /// A short name of some bytes, for a browser to ask whether they changed.
    func tag(of bytes: Data) -> String {
        String(Digest(of: [UInt8](bytes)).hex.prefix(32))
    }

    /// The device that the path names, if it belongs to who calls; of others' devices not even their existence is told.
    func member(_ call: Call) throws -> DeviceRoster.Member {
        let person = try call.account()
        guard let member = roster.member(try call.number("device")),
            person.maySee(household: member.entry.household?.id)
        else { throw Refusal.notThere }
        return member
    }

    /// The devices of who calls.
    func members(for person: Person) -> [DeviceRoster.Member] {
        roster.all.filter { person.maySee(household: $0.entry.household?.id) }
    }

    func views(for person: Person, at now: Date) -> [LiveView] {
        members(for: person).map { member in
            let cost = member.entry.household.flatMap { limits.cost(of: $0.id) }
            return member.slot.withState { state in
                LiveView(state, member.entry, at: now, cost: cost?.text(for: state.today?.energy))
            }
        }
    }

    func openAlerts(for person: Person) async -> [AlertView] {
        guard !person.isAdmin else { return await alerts.openAlerts(of: nil).map(AlertView.init) }
        guard let household = person.household else { return [] }
        return await alerts.openAlerts(of: household).map(AlertView.init)
    }

    /// Stores rows that no request waits for.
    func store(_ rows: [StoredReading], of slot: DeviceSlot) {
        guard !rows.isEmpty else { return }
        queue.submit(rows) { [logger] error in
            logger.warning("a last reading could not be stored", metadata: ["reason": "\(error)"])
            slot.withState { $0.forgetStored() }
        }
    }

    /// The household of who calls.
    func household(of call: Call) async throws -> Household {
        guard let slug = try call.account().householdSlug,
            let household = try await stores.households.household(named: slug)
        else { throw Refusal.notThere }
        return household
    }
}
