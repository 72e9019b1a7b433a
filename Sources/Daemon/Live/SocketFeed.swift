import Control
import Foundation
import HTTPTypes
import Ingest
import Logging
import ServiceLifecycle
import SocketIO
import SocketIOServing
import Store

/// Live figures for the original's clients, over Socket.IO: each household in a room of its own.
final class SocketFeed: Service, LiveListener {
    /// Who has joined; nil in the original's mode, where nobody is asked.
    struct Guest: Sendable {
        let person: Person?
    }

    private struct Update: Sendable {
        let rooms: [String]
        let event: SocketEvent
        let isLive: Bool
    }

    let server: SocketIOServer<Guest>
    private let roster: DeviceRoster
    private let updates: AsyncStream<Update>
    private let inbox: AsyncStream<Update>.Continuation

    private static let everybody = "all"
    private static let mostWaiting = 10_000

    init(_ settings: SocketIOSettings, _ handlers: SocketIOHandlers<Guest>, _ roster: DeviceRoster, logger: Logger) {
        self.roster = roster
        server = SocketIOServer(settings, handlers, logger: logger)
        (updates, inbox) = AsyncStream.makeStream(of: Update.self, bufferingPolicy: .bufferingNewest(Self.mostWaiting))
    }

    static func rooms(of guest: Guest) -> Set<String> {
        guard let person = guest.person, !person.isAdmin else { return [everybody] }
        return person.household.map { [room(of: $0)] } ?? []
    }

    private static func room(of household: Int64) -> String { "household \(household)" }

    /// Whether somebody hears of a household.
    func isWatched(_ household: Int64) -> Bool {
        server.isOccupied(Self.room(of: household)) || server.isOccupied(Self.everybody)
    }

    /// The latest reading of a device, in the original's words.
    static func update(_ latest: LatestReading, of device: Int64) -> SocketEvent? {
        var text = ReadingAnswer.data(of: latest)
        text.removeLast()
        return JSONText(text + ",\"deviceId\":\(device)}").map { SocketEvent("live_data_update", $0) }
    }

    func hear(_ event: LiveEvent) {
        let rooms = [Self.room(of: event.household), Self.everybody]
        switch event.kind {
        case .live:
            guard let device = event.device, let latest = roster.member(device)?.slot.withState(\.latest),
                let update = Self.update(latest, of: device)
            else { return }
            inbox.yield(Update(rooms: rooms, event: update, isLive: true))
        case .alert, .order:
            guard let value = JSONText(event.text) else { return }
            inbox.yield(Update(rooms: rooms, event: SocketEvent(event.kind.rawValue, value), isLive: false))
        case .beat: break
        }
    }

    /// Sends what is to be shown, and keeps the time of the connections, until the daemon stops.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.server.run() }
            group.addTask {
                for await update in self.updates {
                    for room in update.rooms { await self.server.emit(update.event, to: room, isLive: update.isLive) }
                }
            }
            try await group.next()
            inbox.finish()
            try await group.waitForAll()
        }
    }
}
