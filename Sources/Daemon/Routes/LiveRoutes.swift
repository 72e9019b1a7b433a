import Channels
import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Store

/// What a household sees at this moment.
struct LiveRoutes: Sendable {
    let premises: Premises

    var endpoints: [Endpoint] {
        [
            .get(
                "/v1/live", .person, "The latest reading of each device, and the open alerts.",
                query: [.query("household", .text, "Only this household's devices, for an administrator.")],
                answer: .object([("devices", .list(.anything)), ("alerts", .list(.anything)), ("now", .instant)]), live),
            Endpoint(
                method: .get, path: "/v1/live/stream", audience: .person,
                summary: "Readings, alerts and orders as they happen (Server-Sent Events; Last-Event-ID resumes).",
                contentType: "text/event-stream", handle: stream),
            .get(
                "/v1/devices/{device}/readings", .person, "What was stored of a device in the last minutes.",
                query: [.query("minutes", .integer(1...1440), "How far back; 60 unless told.")],
                answer: .object([("readings", .list(.anything))]), readings),
        ]
    }

    private struct Live: Encodable {
        let devices: [LiveView]
        let alerts: [AlertView]
        let now: Int64
    }

    private func live(_ call: Call) async throws -> Response {
        let person = try call.account()
        let slug = call.request.uri.queryParameters.get("household")
        let views = premises.views(for: person, at: call.now).filter { slug == nil || $0.household == slug }
        let alerts = await premises.openAlerts(for: person)
        return .json(Live(devices: views, alerts: alerts, now: call.now.milliseconds))
    }

    private func stream(_ call: Call) async throws -> Response {
        let person = try call.account()
        let last = call.request.headers[.lastEventID].flatMap { Int64($0) }
        guard let (missed, events) = premises.hub.watch(person.isAdmin ? nil : person.household ?? -1, after: last)
        else {
            throw Refusal(
                .serviceUnavailable, "busy", "Too many pages are open; please try again soon.", retryAfter: 15)
        }
        let views = premises.views(for: person, at: call.now)
        let opening =
            "event: hello\ndata: {\"now\":\(call.now.milliseconds)}\n\n"
            + (try missed.isEmpty ? views.map { "event: live\ndata: \(try JSONLine.of($0))\n\n" }.joined() : "")
            + missed.map(Self.text).joined()
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .xAccelBuffering: "no"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: opening))
                for await event in events { try await writer.write(ByteBuffer(string: Self.text(event))) }
                try await writer.finish(nil)
            })
    }

    private static func text(_ event: LiveEvent) -> String {
        event.kind == .beat ? ": \n\n" : "id: \(event.number)\nevent: \(event.kind.rawValue)\ndata: \(event.text)\n\n"
    }

    private struct Readings: Encodable {
        struct Point: Encodable {
            let at: Int64
            let power: Float?
            let voltage: Float?
            let current: Float?
            let energy_kwh: Double
            let relay1: Bool?
            let relay2: Bool?
        }

        let readings: [Point]
    }

    private func readings(_ call: Call) async throws -> Response {
        let slot = try premises.member(call).slot
        let minutes = try call.query("minutes", in: 1...1440, else: 60)
        guard let meter = slot.profile.meters.first else { return .json(Readings(readings: [])) }
        let stored = try await premises.stores.readings.readings(
            of: meter, from: call.now.addingTimeInterval(-Double(minutes) * 60), through: call.now)
        return .json(
            Readings(
                readings: stored.map { reading in
                    Readings.Point(
                        at: reading.at.milliseconds, power: reading.power, voltage: reading.voltage,
                        current: reading.current, energy_kwh: reading.register.kilowattHours,
                        relay1: reading.relays.map { $0.contains(.first) },
                        relay2: reading.relays.map { $0.contains(.second) })
                }))
    }
}

extension HTTPField.Name {
    /// The last event that a stream's reader saw (HTML Standard, 9.2).
    fileprivate static let lastEventID = Self.named("Last-Event-ID")
    /// Tells a proxy to pass each event on at once.
    fileprivate static let xAccelBuffering = Self.named("X-Accel-Buffering")

    /// - Parameter text: a name of the program's own.
    static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("'\(text)' is no name of a header") }
        return name
    }
}
