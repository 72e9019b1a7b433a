import Foundation
import Metering
import Postgres
import Secrets
import Store
import TestSupport
import Testing

/// Who may do what, for every route that the daemon says it has: one that these rules do not know fails.
@Suite(.scratchDatabase)
struct AuthorizationTests {
    /// A route as `/openapi.json` tells it.
    struct Route: Sendable, CustomStringConvertible {
        let method: String
        let path: String
        let audience: String
        let parameters: [String]

        var description: String { "\(method) \(path)" }
        /// Whether its path names something that belongs to one household.
        var isOwned: Bool { !parameters.filter { $0 != "relay" }.isEmpty }

        /// Those that end something come last, so that it is there for the others.
        var order: Int {
            let ends = ["/resolve", "/rotate", "/remove", "/revoke", "/password", "/logout"]
            return ends.firstIndex { path.hasSuffix($0) }.map { $0 + 1 } ?? 0
        }
    }

    /// What a household has that paths name.
    struct Things: Sendable {
        let home: Home
        let order: Int64
        let alert: Int64
        let schedule: Int64

        init(_ slug: String) async throws {
            home = try await Home(slug)
            let (household, device) = (home.household.id, home.device.id)
            let ids = try await Database.scratch.run { connection in
                let order = try connection.first(
                    """
                    INSERT INTO relay_order (device_id, relay, is_on, author, reason, ordered_at, expires_at, state)
                    VALUES (\(device), 1, false, 'a', 'b', now(), now() + interval '1 hour', 'queued')
                    RETURNING order_id
                    """, { (id: Int64) in id })
                let alert = try connection.first(
                    """
                    INSERT INTO alert (household_id, device_id, kind, severity, socket, sentence, opened_at)
                    VALUES (\(household), \(device), 'spike', 'warning', '1', 'Look.', now()) RETURNING alert_id
                    """, { (id: Int64) in id })
                let schedule = try connection.first(
                    """
                    INSERT INTO relay_schedule (device_id, relay, weekdays, minute_of_day, is_on, author, created_at,
                                                done_until)
                    VALUES (\(device), 2, 127, 60, false, 'a', now(), now()) RETURNING schedule_id
                    """, { (id: Int64) in id })
                return [order, alert, schedule]
            }
            order = try #require(ids[0])
            alert = try #require(ids[1])
            schedule = try #require(ids[2])
        }

        /// A route's path with these things in the places of its parameters.
        func path(of route: Route) throws -> String {
            var path = route.path
            for name in route.parameters {
                let told = try #require(value(of: name), "\(route): there is no rule for \(name)")
                path = path.replacing("{" + name + "}", with: told)
            }
            return path
        }

        private func value(of name: String) -> String? {
            switch name {
            case "device": "\(home.device.id)"
            case "order": "\(order)"
            case "alert": "\(alert)"
            case "schedule": "\(schedule)"
            case "relay": "1"
            case "user": home.household.slug
            default: nil
            }
        }
    }

    private func routes(of client: HTTPClient) async throws -> [Route] {
        let document = try await client.get("/openapi.json").json
        let routes = document["paths"].names.sorted().flatMap { path in
            let operations = document["paths"][path]
            return operations.names.sorted().map { method in
                let operation = operations[method]
                return Route(
                    method: method.uppercased(), path: path, audience: operation["x-audience"].text ?? "none",
                    parameters: operation["parameters"].list.filter { $0["in"] == "path" }.compactMap {
                        $0["name"].text
                    })
            }
        }
        try #require(routes.count > 60)
        return routes.sorted { $0.order < $1.order }
    }

    private enum Caller: String, CaseIterable {
        case nobody, device, stranger, own, admin
    }

    /// Routes that an administrator has no household for.
    private static let ofHouseholdsAlone: Set<String> = [
        "GET /v1/limits", "POST /v1/limits", "GET /v1/usage", "POST /v1/devices/claim",
    ]

    /// The statuses that a caller may get. "Let in" is anything but 401, 403 and 404: bodies are empty here.
    private func allowed(_ caller: Caller, _ route: Route) -> (Int) -> Bool {
        let letIn: (Int) -> Bool = { (200..<500).contains($0) && ![401, 403, 404].contains($0) }
        switch (route.audience, caller) {
        case ("open", _):
            switch route.description {
            // It is for who has a device's token that nobody knows.
            case "POST /v1/devices/announce": return { $0 == (caller == .device ? 409 : 401) }
            case "POST /api/auth/register": return { $0 == 403 }
            default: return letIn
            }
        case ("device", .device): return letIn
        case ("device", _), ("person", .nobody), ("person", .device), ("admin", .nobody), ("admin", .device),
            ("legacy", .nobody), ("legacy", .device):
            return { $0 == 401 }
        case ("person", .stranger) where route.isOwned, ("legacy", .stranger) where route.isOwned:
            return { $0 == 404 }
        case ("person", .admin) where Self.ofHouseholdsAlone.contains(route.description):
            return { [403, 404].contains($0) }
        // Without a name of a household an administrator of several has none.
        case ("legacy", .admin) where !route.isOwned: return { [400, 404].contains($0) }
        case ("admin", .stranger), ("admin", .own): return { $0 == 403 }
        case ("person", _), ("legacy", _), ("admin", .admin): return letIn
        default: return { _ in false }
        }
    }

    @Test func nobodyMayDoMoreThanTheRouteSays() async throws {
        let (own, ofAdmin) = (try await Things("asha"), try await Things("babu"))
        let stranger = try await Home("carol")
        let admin = try await Home.admin()
        try await DaemonProcess.run { daemon in
            let nobody = try daemon.client
            for route in try await routes(of: nobody) {
                for caller in Caller.allCases {
                    let client =
                        switch caller {
                        case .nobody: nobody
                        case .device: nobody.bearing(stranger.token)
                        case .stranger: nobody.bearing(stranger.session)
                        case .own: nobody.bearing(own.home.session)
                        case .admin: nobody.bearing(admin)
                        }
                    // What an administrator ends is not what its owner has ended already.
                    let things = caller == .admin ? ofAdmin : own
                    // A session that the stranger ends is the last thing it does.
                    let answer = try await client.send(
                        route.method, things.path(of: route), route.method == "GET" ? nil : Data())
                    #expect(
                        allowed(caller, route)(answer.status), "\(route) (\(route.audience)) as \(caller): \(answer)")
                    if answer.status >= 400 {
                        #expect(
                            answer.json["success"] == false && answer.json["error"].text != nil, "\(route): \(answer)")
                    }
                }
            }
        }
    }

    @Test func aCookieCountsOnlyForTheOwnPages() async throws {
        let things = try await Things("asha")
        try await DaemonProcess.run { daemon in
            let browser = try daemon.client.with("Cookie", "other=1; wattbuddy_session=\(things.home.session)")
            let own = "http://localhost:\(daemon.port)"
            let foreign = ["https://evil.example", "http://localhost:1", "null", own + ".evil.example"]
            let changing = try await routes(of: try daemon.client).filter {
                $0.method != "GET" && ["person", "legacy", "admin"].contains($0.audience)
            }
            #expect(changing.count > 20)
            for route in changing {
                let path = try things.path(of: route)
                for origin in foreign {
                    let answer = try await browser.with("Origin", origin).send(route.method, path, Data())
                    #expect(answer.status == 403 && answer.json["code"] == "other_origin", "\(route) from \(origin)")
                }
                let bare = try await browser.send(route.method, path, Data())
                #expect(bare.status == 403 && bare.json["code"] == "other_origin", "\(route) without an origin")
            }
            for route in changing {
                let answer = try await browser.with("Origin", own).send(route.method, things.path(of: route), Data())
                #expect(answer.json["code"] != "other_origin" && answer.status != 401, "\(route): \(answer)")
            }
        }
    }

    @Test func aPageThatTheBrowserVouchesForNeedsNoOrigin() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let browser = try daemon.client.with("Cookie", "wattbuddy_session=\(home.session)")
            let path = "/v1/devices/\(home.device.id)/relays/1"
            let (same, cross) = (
                browser.with("Sec-Fetch-Site", "same-origin"), browser.with("Sec-Fetch-Site", "cross-site")
            )
            #expect(try await same.post(path, #"{"on":false}"#).status == 200)
            #expect(try await cross.post(path, #"{"on":false}"#).status == 403)
        }
    }

    @Test func noGetChangesAnything() async throws {
        let things = try await Things("asha")
        let admin = try await Home.admin()
        try await DaemonProcess.run { daemon in
            try await daemon.client.bearing(things.home.token).readings(#"{"energy":1,"power":100}"#)
            // The reading's answer carried the order, which is noted a moment later.
            try await eventually("the order is sent") {
                try await daemon.client.bearing(admin).get("/v1/orders/\(things.order)").json["state"] == "sent"
            }
            let before = try await fingerprints()
            #expect(before.count > 15)
            for route in try await routes(of: try daemon.client)
            where route.method == "GET" && !route.path.hasSuffix("/stream") {
                for session in [things.home.session, admin] {
                    _ = try await daemon.client.bearing(session).get(try things.path(of: route))
                }
            }
            let changed = Set(try await fingerprints()).subtracting(before)
            #expect(changed.isEmpty)
        }
    }

    /// What each table holds.
    private func fingerprints() async throws -> [String] {
        try await Database.scratch.run { connection in
            try connection.query(
                """
                SELECT table_name || ' ' || query_to_xml(format(
                    'SELECT count(*), md5(string_agg(t::text, '','' ORDER BY t::text)) FROM %I.%I t',
                    table_schema, table_name), false, true, '')::text
                FROM information_schema.tables
                WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name
                """, { (text: String) in text })
        }
    }
}
