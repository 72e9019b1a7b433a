import Channels
import Control
import Foundation
import Ingest
import Logging
import Metering
import Notices
import Store

/// The alerts of all households: opened, told, acknowledged and resolved, in memory and in the database.
actor AlertDesk {
    private let stores: DaemonStores
    private let hub: LiveHub
    private let messages: MessageDesk
    private let logger: Logger
    private var books: [Int64: AlertBook] = [:]
    /// Alerts that opened while the database was away.
    private var unnumbered: [Alert] = []
    /// Changes of alerts that the database could not take yet, in their order.
    private var unstored: [AlertChange] = []
    /// What channels could not be told yet, in its order.
    private var untold: [Announcement] = []

    init(_ stores: DaemonStores, hub: LiveHub, messages: MessageDesk, logger: Logger) {
        self.stores = stores
        self.hub = hub
        self.messages = messages
        self.logger = logger
    }

    /// Takes up what an earlier run left open.
    func restore(_ zones: [Int64: TimeZone], at now: Date) async throws {
        let alerts = try await stores.alerts.openOrResolved(
            after: now.addingTimeInterval(-NoticeBook.english.longestCoolDown))
        // What was opened before the database was there is known already.
        for (household, alerts) in Dictionary(grouping: alerts, by: \.household) where books[household] == nil {
            books[household] = AlertBook(
                household: household, quiet: QuietHours(zone: zones[household] ?? .gmt), restoring: alerts,
                at: now)
        }
    }

    /// - Returns: the alert, if one opened.
    func raise(_ condition: AlertCondition, of member: DeviceEntry, at now: Date) async -> Alert? {
        guard let household = member.household else { return nil }
        var book =
            books[household.id] ?? AlertBook(household: household.id, quiet: QuietHours(zone: household.zone), at: now)
        let changes = book.raise(condition, in: member.place, at: now)
        books[household.id] = book
        await carryOut(changes)
        return books[household.id]?.openAlerts.first { alert in
            changes.contains { $0.event == .opened && $0.alert.condition.key == alert.condition.key }
        }
    }

    /// Notes what a probe found.
    func settle(
        _ key: AlertCondition.Key, of household: Int64, by finding: ProbeFinding, in place: AlertPlace, at now: Date
    ) async {
        await carryOut(books[household]?.settle(key, by: finding, in: place, at: now) ?? [])
    }

    /// The sockets of a device whose contact did not open when it should have.
    func stuckSockets(of device: Int64, _ household: Int64) -> Set<Relay> {
        let stuck = openAlerts(of: household).filter {
            $0.condition.key.device == device && $0.condition.key.kind == .stuckRelay
        }
        return Set(stuck.flatMap { alert in alert.socket.relay.map { [$0] } ?? Relay.allCases })
    }

    func end(_ key: AlertCondition.Key, of household: Int64, at now: Date) async {
        await carryOut(books[household]?.end(key, at: now) ?? [])
    }

    func tick(at now: Date) async {
        for household in books.keys.sorted() { await carryOut(books[household]?.tick(at: now) ?? []) }
        let changes = unstored
        unstored = []
        for change in changes { _ = await store(change) }
        let waiting = unnumbered
        unnumbered = []
        for alert in waiting {
            // As it is now: a probe may have settled it meanwhile.
            let current = books[alert.household]?.openAlerts.first {
                $0.condition.key == alert.condition.key && $0.openedAt == alert.openedAt
            }
            if let current { await number(current) }
        }
        await tellChannels()
    }

    func openAlerts(of household: Int64?) -> [Alert] {
        let chosen = household.map { [books[$0]].compactMap { $0 } } ?? books.sorted { $0.key < $1.key }.map(\.value)
        return chosen.flatMap(\.openAlerts)
    }

    /// - Throws: ``ControlError`` of kind `noOpenAlert`.
    func acknowledge(_ id: Int64, of household: Int64, by person: String, at now: Date) async throws -> Alert? {
        let changes = try books[household]?.acknowledge(id, by: person, at: now) ?? []
        await carryOut(changes)
        return changes.first?.alert ?? books[household]?.openAlerts.first { $0.id == id }
    }

    /// - Throws: ``ControlError`` of kind `noOpenAlert`.
    func resolve(_ id: Int64, of household: Int64, by person: String, at now: Date) async throws -> Alert? {
        let changes = try books[household]?.resolve(id, by: person, at: now) ?? []
        await carryOut(changes)
        return changes.first?.alert
    }

    private func carryOut(_ changes: [AlertChange]) async {
        for change in changes {
            let alert = await store(change)
            publish(alert)
            if let announcement = Announcement(change, as: alert) { untold.append(announcement) }
        }
        await tellChannels()
    }

    /// What the database cannot take, or of an alert that it could not number, is told later.
    private func tellChannels() async {
        let waiting = untold
        untold = []
        for announcement in waiting {
            guard announcement.alert.id != nil else {
                untold.append(announcement)
                continue
            }
            do { try await messages.put(announcement.event, of: announcement.alert) } catch  where error.isDatabaseAway
            {
                untold.append(announcement)
            } catch {
                logger.error(
                    "an alert could not be told",
                    metadata: ["alert": "\(announcement.alert.id ?? 0)", "reason": "\(error)"])
            }
        }
    }

    /// What cannot be stored is shown all the same; an alert without a number gets one later.
    private func store(_ change: AlertChange) async -> Alert {
        var alert = change.alert
        do {
            switch change.event {
            case .opened: return await number(alert)
            case .acknowledged:
                if let id = alert.id, let at = alert.acknowledgedAt {
                    try await stores.alerts.acknowledge(id, by: alert.acknowledgedBy ?? "", at: at)
                }
            case .probed:
                if let id = alert.id, let probe = alert.probe {
                    try await stores.alerts.note(probe, of: id, saying: alert.sentence)
                }
            case .resolved:
                if alert.id == nil { alert = await number(alert) }
                if let id = alert.id, let at = alert.resolvedAt {
                    try await stores.alerts.resolve(id, by: alert.resolvedBy, at: at)
                }
            case .due: break
            }
        } catch  where error.isDatabaseAway {
            unstored.append(AlertChange(event: change.event, alert: alert, isTold: false))
        } catch {
            logger.error(
                "a change of an alert could not be stored",
                metadata: ["alert": "\(alert.id ?? 0)", "reason": "\(error)"])
        }
        return alert
    }

    @discardableResult
    private func number(_ alert: Alert) async -> Alert {
        do {
            let id = try await stores.alerts.open(alert)
            books[alert.household]?.number(alert, as: id)
            let numbered = books[alert.household]?.openAlerts.first { $0.id == id } ?? alert.numbered(id)
            for index in untold.indices { untold[index].number(numbered) }
            return numbered
        } catch {
            logger.warning("an alert could not be stored yet", metadata: ["reason": "\(error)"])
            unnumbered.append(alert)
            return alert
        }
    }

    private func publish(_ alert: Alert) {
        guard hub.isWatched(alert.household) else { return }
        do {
            hub.publish(.alert, of: alert.household, try JSONLine.of(AlertView(alert)))
        } catch {
            logger.error("an alert could not be shown", metadata: ["reason": "\(error)"])
        }
    }
}
