import Foundation
import Metering
import Postgres
import Secrets
import Store
import TestSupport
import Testing

/// A household with a person and a device, as tests need them; entered in the running test's database.
struct Home: Sendable {
    let household: Household
    /// Who belongs to it.
    let person: Person
    /// What the person's client shows, as after a login.
    let session: String
    let device: Device
    /// What the device shows.
    let token: String

    /// - Parameter database: nil for the running test's own.
    init(
        _ slug: String = "asha", zone: String = "Asia/Kolkata", consumerNumber: String? = nil, in other: Database? = nil
    ) async throws {
        let database = try other ?? .scratch
        let timeZone = try #require(TimeZone(identifier: zone))
        var draft = try #require(HouseholdDraft(slug: slug, zone: timeZone))
        draft.consumerNumber = consumerNumber
        draft.inputs = ["phase": "single"]
        household = try await HouseholdStore(database).save(draft)
        (person, session) = try await Self.person(slug, of: household, in: database)
        let token = try Token(.device)
        device = try await DeviceStore(database).add(
            name: "Board of \(slug)", household: household.id, tokenHash: token.digest.hex, at: Self.start)
        self.token = token.text
    }

    /// When everything in tests began.
    static let start = Date(timeIntervalSince1970: 1_780_000_000)

    /// A zone in which it is about noon now, so that a test's day does not end while it runs, and no hours are quiet.
    static var zoneOfNoon: String {
        let hour = Int(Date().timeIntervalSince1970) / 3600 % 24
        let ahead = 12 - hour
        return ahead == 0 ? "Etc/GMT" : "Etc/GMT\(ahead > 0 ? "-" : "+")\(abs(ahead))"
    }

    /// Somebody who has logged in; an administrator when of no household. The password is `password of NAME`.
    static func person(_ name: String, of household: Household?, in other: Database? = nil) async throws -> (
        Person, String
    ) {
        let database = try other ?? .scratch
        let person = try await AccountStore(database).add(
            name: name, email: "\(name)@example.org", passwordHash: try PasswordHash.hash("password of \(name)"),
            household: household?.id, at: start)
        let token = try Token(.session)
        try await SessionStore(database).start(
            tokenHash: token.digest.hex, of: person.id, at: start, expiresAt: .distantFuture)
        return (person, token.text)
    }

    static func admin() async throws -> String { try await person("root", of: nil).1 }

    /// What is stored of the device: instants and registers in order of time.
    func stored(in other: Database? = nil) async throws -> [Reading] {
        let database = try other ?? .scratch
        let meter = try #require(try await HouseholdStore(database).mainMeter(of: household))
        return try await ReadingStore(database).readings(of: meter, from: .distantPast, through: .distantFuture)
    }
}

extension HTTPClient {
    /// Posts readings as a device does.
    @discardableResult
    func readings(_ body: String, to path: String = "/v1/readings") async throws -> HTTPAnswer {
        try await post(path, body)
    }
}
