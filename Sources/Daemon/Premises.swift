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
    let alerts: AlertDesk
    let limits: LimitDesk
    let doorkeeper: Doorkeeper
    let passwords: PasswordDesk
    let metrics: Metrics
    let claims = TryLimiter()
    let announcements = AnnouncementLimiter()
    let logger: Logger
    let now: @Sendable () -> Date

    init(
        _ settings: DaemonSettings, _ stores: DaemonStores, spool: Spool, logger: Logger, now: @escaping @Sendable () -> Date
    ) {
        self.settings = settings
        self.stores = stores
        self.logger = logger
        self.now = now
        roster = DeviceRoster(stores.devices, rule: settings.rule, logger: logger)
        memory = DeviceMemory(stores: stores, roster: roster, logger: logger)
        queue = CommitQueue()
        metrics = Metrics()
        writer = ReadingWriter(stores.incoming, spool: spool, logger: logger)
        hub = LiveHub(first: Int64(now().timeIntervalSince1970 * 1000))
        alerts = AlertDesk(stores, hub: hub, logger: logger)
        limits = LimitDesk(stores, logger: logger)
        events = EventDesk(roster, alerts: alerts, limits: limits, relays: stores.relays, hub: hub, logger: logger)
        intake = Intake(queue: queue, metrics: metrics, memory: memory, desk: events, now: now)
        doorkeeper = Doorkeeper(stores, roster, settings)
        passwords = PasswordDesk()
    }

    /// A short name of some bytes, for a browser to ask whether they changed.
    func tag(of bytes: Data) -> String {
        String(Digest(of: [UInt8](bytes)).hex.prefix(32))
    }

    /// The device that the path names, if it belongs to who calls; of others' devices not even their existence is told.
    func member(_ call: Call) throws -> DeviceRoster.Member {
        let person = try call.account()
        guard let member = roster.member(try call.number("device")), person.maySee(household: member.details.household?.id)
        else { throw Refusal.notThere }
        return member
    }

    /// The devices of who calls.
    func members(for person: Person) -> [DeviceRoster.Member] {
        roster.all.filter { person.maySee(household: $0.details.household?.id) }
    }

    func views(for person: Person, at now: Date) -> [LiveView] {
        members(for: person).map { member in
            let cost = member.details.household.flatMap { limits.cost(of: $0.id) }
            return member.slot.withState { state in
                LiveView(state, member.details, at: now, cost: cost?.text(for: state.today?.energy))
            }
        }
    }

    func openAlerts(for person: Person) async -> [AlertView] {
        guard !person.isAdmin else { return await alerts.openAlerts(of: nil).map(AlertView.init) }
        guard let household = person.household else { return [] }
        return await alerts.openAlerts(of: household).map(AlertView.init)
    }

    /// The household of who calls.
    func household(of call: Call) async throws -> Household {
        guard let slug = try call.account().householdSlug, let household = try await stores.households.household(named: slug)
        else { throw Refusal.notThere }
        return household
    }

    /// Switches a relay for somebody.
    ///
    /// - Throws: ``Refusal`` when it is cut off, never cut, or the lifetime cannot be.
    func order(
        _ relay: Relay, isOn: Bool, of member: DeviceRoster.Member, by author: String, because reason: String,
        lifetime seconds: Double?, at now: Date
    ) async throws -> RelayOrder {
        do {
            try await memory.resume(member.slot)
            let lifetime = try seconds.map { try OrderLifetime(asked: $0, isOn: isOn) }
                ?? .usual(isOn: isOn, cadence: member.slot.withState(\.cadence))
            try member.slot.withState { try $0.relays.check(relay, isOn: isOn) }
            let draft = RelayOrderDraft(
                device: member.details.device.id, relay: relay, isOn: isOn, by: author, because: reason, at: now,
                lifetime: lifetime)
            let order = try await stores.relays.insert(draft)
            let changes = member.slot.withState { $0.relays.place(order, at: now) }
            events.keep(changes, of: member.details.household?.id)
            if let household = member.details.household?.id { events.show(member.slot, household, at: now) }
            return order
        } catch let error as ControlError { throw Refusal(error) }
    }
}

extension Refusal {
    init(_ error: ControlError) {
        switch error.kind {
        case .cutOff: self.init(.conflict, "cut_off", error.message)
        case .neverCut: self.init(.conflict, "never_cut", error.message)
        case .lifetime: self = .invalid("ttl_s", error.message)
        case .noOpenAlert: self = .notThere
        }
    }
}
