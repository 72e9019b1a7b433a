import Foundation
import TestSupport

/// The daemon's Server-Sent Events as a client hears them, from the time it is made.
struct EventStream: Sendable {
    /// What the daemon says of a device.
    struct Live: Decodable, Sendable {
        let device: Int64
        let power: Double?
        let energy_kwh: Double?
        let relay1: Bool?
        let relay2: Bool?
    }

    struct Order: Decodable, Sendable {
        let id: Int64
        let state: String
        let watts_before: Double?
        let watts_after: Double?
        let settled_at: Int64?
        let pulse_ms: Int?
    }

    struct Alert: Decodable, Sendable {
        let id: Int64
        let kind: String
        let severity: String
        let socket: String
        let probability: Double?
        let probe: String?
        let sentence: String
        let state: String
    }

    enum Event: Sendable {
        case live(Live)
        case order(Order)
        case alert(Alert)
    }

    private let client: Server
    private let waiting = DispatchQueue(label: "EventStream")

    /// So many events may pass while one is waited for.
    private static let patience = 60

    init(of daemon: DaemonUnderTest, as token: String) throws {
        client = try Server(
            "/usr/bin/curl",
            [
                "--silent", "--show-error", "--insecure", "--no-buffer", "--max-time", "150", "--header",
                "Authorization: Bearer \(token)", daemon.url("/v1/live/stream"),
            ], ready: #"data: {"now":"#)
    }

    func stop() {
        client.stop()
    }

    /// The next event that has what is asked for. Throws when too many others came, or the stream ends.
    func next<Found: Sendable>(_ what: String, _ find: (Event) throws -> Found?) async throws -> Found {
        var last: Event?
        for _ in 0..<Self.patience {
            let event = try await next()
            if let found = try find(event) { return found }
            last = event
        }
        throw DaemonUnderTest.Fault(message: "\(what) did not come; the last event was \(String(describing: last))")
    }

    /// The next reading that is as told.
    @discardableResult
    func live(_ what: String, where isWanted: (Live) throws -> Bool) async throws -> Live {
        try await next(what) { event in
            guard case .live(let live) = event, try isWanted(live) else { return nil }
            return live
        }
    }

    /// What becomes of an order in the end.
    func settled(_ id: Int64) async throws -> Order {
        try await next("the end of order \(id)") { event in
            guard case .order(let order) = event, order.id == id,
                !["queued", "sent", "acknowledged"].contains(order.state)
            else { return nil }
            return order
        }
    }

    func alert(_ kind: String, _ state: String) async throws -> Alert {
        try await next("\(kind), \(state)") { event in
            guard case .alert(let alert) = event, alert.kind == kind, alert.state == state else { return nil }
            return alert
        }
    }

    private func next() async throws -> Event {
        var name = ""
        while true {
            let line = try await nextLine()
            if line.hasPrefix("event: ") { name = String(line.dropFirst(7)) }
            guard line.hasPrefix("data: ") else { continue }
            let content = Data(line.dropFirst(6).utf8)
            switch name {
            case "live": return .live(try JSONDecoder().decode(Live.self, from: content))
            case "order": return .order(try JSONDecoder().decode(Order.self, from: content))
            case "alert": return .alert(try JSONDecoder().decode(Alert.self, from: content))
            default: continue
            }
        }
    }

    private func nextLine() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            waiting.async { continuation.resume(with: Swift.Result { try client.nextLine() }) }
        }
    }
}
