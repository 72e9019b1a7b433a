import Control
import Foundation
import HTTPTypes
import Hummingbird
import Metering
import Secrets
import Store

/// Devices: how they come to a household, and what they are called.
struct DeviceRoutes: Sendable {
    let premises: Premises

    var endpoints: [Endpoint] {
        [
            .post(
                "/v1/devices/announce", .open,
                "A device that nobody knows says that it is there, with a token of its own.",
                body: .object([("name", .text)], optional: ["name"]),
                answer: .object([("success", .boolean), ("state", .choice(["unclaimed"])), ("claim_code", .text)]),
                announce),
            .get("/v1/devices", .person, "The own devices.", answer: .object([("devices", .list(.anything))]), list),
            .post(
                "/v1/devices", .admin, "Enters a device; its token and claim code are told this once.",
                body: .object(
                    [("name", .text), ("household", .nullable(.text)), ("consumer_number", .nullable(.text))],
                    optional: ["household", "consumer_number"]),
                answer: .object(
                    [("success", .boolean), ("device", .anything), ("token", .text), ("claim_code", .text)],
                    optional: ["claim_code"]),
                add),
            .get(
                "/v1/devices/unclaimed", .admin, "Devices that wait for a household.",
                answer: .object([("devices", .list(.anything))]), unclaimed),
            .post(
                "/v1/devices/claim", .person, "Takes an unclaimed device for the own household, by its code.",
                body: .object([("code", .text)]), answer: .object([("success", .boolean), ("device", .anything)]), claim
            ),
            .post(
                "/v1/devices/{device}/rotate", .person,
                "Gives the device another token; the old one is let in no more.",
                answer: .object([("success", .boolean), ("token", .text)]), rotate),
            .post("/v1/devices/{device}/revoke", .person, "Lets the device in no more; what it sent stays.", revoke),
            .post(
                "/v1/devices/{device}/sockets", .person,
                "Names the sockets, and says which are never switched off and which may be, for 3 seconds to settle a doubt.",
                body: .object(
                    [
                        ("names", .list(.text)), ("never_cut", .list(.integer(1...2))),
                        ("may_probe", .nullable(.list(.integer(1...2)))), ("rating_a", .nullable(.number(0.1...100))),
                    ], optional: ["may_probe", "rating_a"]),
                answer: .object([("success", .boolean), ("device", .anything)]), setSockets),
        ]
    }

    struct DeviceView: Encodable {
        let id: Int64
        let name: String
        let household: String?
        let consumer_number: String?
        let sockets: [String]
        let never_cut: [Int]
        let may_probe: [Int]
        let can_probe: Bool
        let rating_a: Double
        let claimed: Bool
        let created_at: Int64
        let last_seen: Int64?
        let last_stored: Int64?

        init(_ device: Device, lastSeen: Date? = nil, longestPulse: Int? = nil) {
            id = device.id
            name = device.name
            household = device.householdSlug
            consumer_number = device.consumerNumber
            sockets = device.socketNames
            never_cut = Self.numbers(device.neverCut)
            may_probe = Self.numbers(device.mayProbe)
            can_probe = longestPulse ?? 0 >= ProbeRule.milliseconds
            rating_a = device.relayRating
            claimed = device.isClaimed
            created_at = device.createdAt.milliseconds
            last_seen = lastSeen?.milliseconds
            last_stored = device.lastReadingAt?.milliseconds
        }

        private static func numbers(_ relays: RelayStates) -> [Int] {
            Relay.allCases.filter(relays.contains).map { Int($0.rawValue) }
        }
    }

    private struct Listing: Encodable {
        let devices: [DeviceView]
    }

    private struct One: Encodable {
        let success = true
        let device: DeviceView
    }

    private struct Secret: Encodable {
        let success = true
        let device: DeviceView?
        let token: String
        let claim_code: String?
    }

    private struct Announced: Encodable {
        let success = true
        let state = "unclaimed"
        let claim_code: String
    }

    private struct Name: Decodable {
        let name: String?
    }

    /// Seconds after which a device that has not announced itself again gives way to others.
    private static let patience = 7.0 * 86_400

    private func announce(_ call: Call) async throws -> Response {
        guard let text = Doorkeeper.bearer(call.request), let token = Token(text, as: .device) else {
            throw Refusal(
                .unauthorized, "no_token",
                "A device announces itself with a token of its own: wbd_ and 43 letters of url-safe base64.")
        }
        let bytes = try await call.bytes(upTo: 4096)
        let name = bytes.isEmpty ? nil : try Call.decode(Name.self, from: bytes).name
        try Self.check(name: name)
        try premises.announcements.admit(from: call.context.address, at: call.now)
        let code = try ClaimCode()
        let answer = try await premises.stores.devices.announce(
            name: name ?? "New device", tokenHash: token.digest.hex, claimHash: code.digest.hex,
            most: premises.settings.mostAnnounced, staleBefore: call.now.addingTimeInterval(-Self.patience),
            at: call.now)
        switch answer {
        case .unclaimed(let device):
            try await premises.roster.reload([device.id])
            return .json(Announced(claim_code: code.text))
        case .known: throw Refusal(.conflict, "known", "This device is known already.")
        case .full:
            throw Refusal(
                .serviceUnavailable, "full", "Too many devices wait for a household already.", retryAfter: 3600)
        }
    }

    private func list(_ call: Call) async throws -> Response {
        let members = premises.members(for: try call.account())
        return .json(
            Listing(
                devices: members.map { member in
                    let (seen, longestPulse) = member.slot.withState { ($0.latest?.arrival, $0.longestPulse) }
                    return DeviceView(member.entry.device, lastSeen: seen, longestPulse: longestPulse)
                }))
    }

    private func unclaimed(_ call: Call) async throws -> Response {
        .json(Listing(devices: try await premises.stores.devices.unclaimed().map { DeviceView($0) }))
    }

    private struct NewDevice: Decodable {
        let name: String
        let household: String?
        let consumer_number: String?
    }

    private static func check(name: String?) throws {
        guard let name else { return }
        guard (1...100).contains(name.count), !name.contains(where: \.isNewline) else {
            throw Refusal.invalid("name", "A name has 1 to 100 characters on one line.")
        }
    }

    private func add(_ call: Call) async throws -> Response {
        let new = try await call.body(NewDevice.self)
        try Self.check(name: new.name)
        let household = try await new.household.asyncMap { slug in
            guard let found = try await premises.stores.households.household(named: slug) else {
                throw Refusal.invalid("household", "There is no household by that name.")
            }
            return found.id
        }
        let token = try Token(.device)
        let code = household == nil ? try ClaimCode() : nil
        let device = try await premises.stores.devices.add(
            name: new.name, household: household, consumerNumber: new.consumer_number, tokenHash: token.digest.hex,
            claimHash: code?.digest.hex, at: call.now)
        try await premises.roster.reload([device.id])
        return .json(Secret(device: DeviceView(device), token: token.text, claim_code: code?.text))
    }

    private struct Code: Decodable {
        let code: String
    }

    private func claim(_ call: Call) async throws -> Response {
        let person = try call.account()
        guard let household = person.household else {
            throw Refusal(.forbidden, "no_household", "Only somebody of a household can claim a device.")
        }
        let typed = try await call.body(Code.self).code
        try premises.claims.admit(name: person.name, address: call.context.address, at: call.now)
        guard let code = ClaimCode(typed),
            let device = try await premises.stores.devices.claim(codeHash: code.digest.hex, for: household)
        else { throw Refusal.invalid("code", "No device waits under this code; please check it.") }
        premises.claims.succeeded(name: person.name, address: call.context.address)
        try await premises.roster.reload([device.id])
        return .json(One(device: DeviceView(device)))
    }

    private func rotate(_ call: Call) async throws -> Response {
        let id = try premises.member(call).entry.device.id
        let token = try Token(.device)
        _ = try await premises.stores.devices.rotate(id, tokenHash: token.digest.hex)
        try await premises.roster.reload([id])
        return .json(Secret(device: nil, token: token.text, claim_code: nil))
    }

    private func revoke(_ call: Call) async throws -> Response {
        let id = try premises.member(call).entry.device.id
        _ = try await premises.stores.devices.revoke(id, at: call.now)
        try await premises.roster.reload([id])
        return .json(Done())
    }

    private struct Sockets: Decodable {
        let names: [String]
        let never_cut: [Int]
        let may_probe: [Int]?
        let rating_a: Double?
    }

    private static func sockets(_ numbers: [Int], _ field: String) throws -> RelayStates {
        guard numbers.allSatisfy((1...2).contains) else { throw Refusal.invalid(field, "Sockets are 1 and 2.") }
        return numbers.reduce(into: RelayStates()) { $0.insert($1 == 1 ? .first : .second) }
    }

    /// Only the household itself may let a socket be switched off, and of one that is never cut not even it.
    private func check(
        consent: RelayStates, _ neverCut: RelayStates, of member: DeviceRoster.Member, by person: Person
    ) throws {
        if let relay = Relay.allCases.first(where: consent.intersection(neverCut).contains) {
            throw Refusal.invalid(
                "may_probe",
                "Socket \(relay.rawValue) is never switched off, so it cannot be tried for 3 seconds either.")
        }
        let isOwn = person.household != nil && person.household == member.entry.household?.id
        guard isOwn || consent.isSubset(of: member.entry.device.mayProbe) else {
            throw Refusal(
                .forbidden, "not_allowed", "Only the household itself may let a socket be tried.", field: "may_probe")
        }
    }

    private func setSockets(_ call: Call) async throws -> Response {
        let member = try premises.member(call)
        let told = try await call.body(Sockets.self)
        guard told.names.count == 2 else { throw Refusal.invalid("names", "There are two sockets, so two names.") }
        try told.names.forEach { try Self.check(name: $0) }
        let neverCut = try Self.sockets(told.never_cut, "never_cut")
        let mayProbe = try told.may_probe.map { try Self.sockets($0, "may_probe") }
        if let mayProbe { try check(consent: mayProbe, neverCut, of: member, by: try call.account()) }
        if let rating = told.rating_a, !(0.1...100).contains(rating) {
            throw Refusal.invalid("rating_a", "What the relays bear is 0.1 to 100 amperes.")
        }
        let device = try await premises.stores.devices.setSockets(
            of: member.entry.device.id, names: told.names, neverCut: neverCut, mayProbe: mayProbe,
            rating: told.rating_a)
        try await premises.roster.reload([device.id])
        if let renewed = premises.roster.member(device.id) {
            let changes = renewed.slot.withState { $0.relays.protect(renewed.entry.neverCut, at: call.now) }
            premises.events.keep(changes, of: device.household, at: call.now)
            await premises.events.withdrawProbes(of: renewed, at: call.now)
            if let household = device.household { premises.events.show(renewed.slot, household, at: call.now) }
        }
        return .json(One(device: DeviceView(device)))
    }
}
