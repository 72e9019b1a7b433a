import Control
import Foundation
import HTTPTypes
import Hummingbird
import SocketIO
import SocketIOServing
import Store

/// What the daemon does for the clients of Socket.IO: lets them in, greets them with what is known, and switches for them.
struct SocketHost: Sendable {
    let doorkeeper: Doorkeeper
    let roster: DeviceRoster
    let settings: DaemonSettings
    let switchboard: Switchboard
    let now: @Sendable () -> Date

    var handlers: SocketIOHandlers<SocketFeed.Guest> {
        SocketIOHandlers(authorize: authorize, greet: greet, receive: receive)
    }

    private struct Auth: Decodable {
        let token: String?
    }

    /// By the token that the client hands over, else by the session of the page that it runs in.
    private func authorize(_ request: ConnectRequest) async throws -> Admission<SocketFeed.Guest> {
        let token = Self.token(in: request.auth) ?? Doorkeeper.sessionToken(in: request.handshake.headerFields)
        let guest = SocketFeed.Guest(person: try await doorkeeper.person(withToken: token, at: now()))
        guard guest.person != nil || settings.isLegacy || settings.socketIO.isConformanceServer else {
            throw ConnectRefusal(message: "Not authorized", data: JSONText(#"{"code":"bad_token"}"#))
        }
        return Admission(user: guest, rooms: SocketFeed.rooms(of: guest))
    }

    /// What is no object with a text `token` names nobody.
    private static func token(in auth: JSONText) -> String? {
        do { return try auth.decode(Auth.self).token } catch { return nil }
    }

    private func members(of guest: SocketFeed.Guest) -> [DeviceRoster.Member] {
        roster.all.filter { member in guest.person?.maySee(household: member.entry.household?.id) ?? true }
    }

    private func greet(_ socket: ConnectedSocket<SocketFeed.Guest>) async -> [SocketEvent] {
        members(of: socket.user).compactMap { member in
            member.slot.withState(\.latest).flatMap { SocketFeed.update($0, of: member.entry.device.id) }
        }
    }

    private struct Wish: Decodable {
        let device: Int64?
        let relay: Int16
        let on: Bool
    }

    /// The event `relay` switches; its acknowledgement is the order, or why there is none.
    private func receive(
        _ event: SocketEvent, _ socket: ConnectedSocket<SocketFeed.Guest>
    ) async -> SocketArguments? {
        guard event.name == "relay" else { return nil }
        do {
            guard let wish = try event.arguments.values.first?.decode(Wish.self),
                let relay = Relay(rawValue: wish.relay),
                let member = members(of: socket.user).first(where: {
                    wish.device == nil || $0.entry.device.id == wish.device
                })
            else { return Self.answer(["success": false, "error": "There is no such socket."]) }
            let placed = try await switchboard.order(
                relay, isOn: wish.on, of: member, by: socket.user.person?.name ?? "app", because: "switched by hand",
                lifetime: nil, at: now())
            return Self.answer(["success": true, "order": .integer(placed.id), "state": .text(placed.state.rawValue)])
        } catch let refusal as Refusal {
            return Self.answer(["success": false, "error": .text(refusal.message)])
        } catch is DecodingError {
            return Self.answer(["success": false, "error": "relay takes {device, relay: 1 or 2, on: true or false}."])
        } catch {
            return Self.answer(["success": false, "error": "Something went wrong on our side."])
        }
    }

    private static func answer(_ document: Document) -> SocketArguments? {
        do { return SocketArguments([try JSONText(encoding: document)]) } catch { return nil }
    }
}
