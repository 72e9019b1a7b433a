import Foundation
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct AccountStoreTests {
    private let now = Date(timeIntervalSince1970: 1_780_000_000)

    private func add(
        _ name: String, email: String? = nil, household: Household? = nil
    ) async throws -> Person {
        try await AccountStore(.scratch).add(
            name: name, email: email ?? "\(name)@example.org", passwordHash: "hash of \(name)",
            household: household?.id,
            at: now)
    }

    @Test func aPersonIsFoundByNameAndMailAddressInAnyCase() async throws {
        let home = try await HouseholdStore(.scratch).sample()
        let store = AccountStore(try .scratch)
        let asha = try await add("Asha", email: "Asha.Nair@Example.org", household: home)
        #expect(asha.role == .household && asha.household == home.id && asha.householdSlug == "nair")
        for name in ["asha", "ASHA", "asha.nair@example.ORG"] {
            #expect(try await store.person(named: name) == asha)
            let credentials = try #require(try await store.credentials(named: name))
            #expect(credentials.person == asha && credentials.passwordHash == "hash of Asha")
        }
        #expect(try await store.person(named: "ash%") == nil)
        #expect(try await store.person(asha.id) == asha)
        #expect(try await store.credentials(of: asha.id)?.person == asha)
        let root = try await add("root")
        #expect(root.isAdmin && root.household == nil)
        #expect(try await store.all() == [asha, root])
    }

    @Test(arguments: [("ASHA", "other@example.org"), ("other", "ASHA@example.org")])
    func aNameOrMailAddressIsOnePersonsAlone(_ name: String, _ email: String) async throws {
        _ = try await add("asha")
        await #expect { try await add(name, email: email) } throws: { ($0 as? StoreError)?.kind == .conflict }
        #expect(try await AccountStore(.scratch).all().count == 1)
    }

    @Test func aHouseholdsPersonSeesItsOwnThingsOnlyAndAnAdminAll() async throws {
        let home = try await HouseholdStore(.scratch).sample()
        let (asha, root) = (try await add("asha", household: home), try await add("root"))
        #expect(asha.maySee(household: home.id))
        #expect(!asha.maySee(household: home.id + 1) && !asha.maySee(household: nil))
        #expect(root.maySee(household: home.id) && root.maySee(household: nil))
    }

    @Test func aSessionLetsInUntilItEndsOrExpires() async throws {
        let asha = try await add("asha")
        let sessions = SessionStore(try .scratch)
        try await sessions.start(tokenHash: "one", of: asha.id, at: now, expiresAt: now + 100)
        try await sessions.start(tokenHash: "two", of: asha.id, at: now, expiresAt: now + 200)
        #expect(try await sessions.person(tokenHash: "one", at: now + 99) == asha)
        #expect(try await sessions.person(tokenHash: "one", at: now + 100) == nil)
        #expect(try await sessions.person(tokenHash: "none", at: now) == nil)
        try await sessions.end(tokenHash: "two", at: now + 50)
        #expect(try await sessions.person(tokenHash: "two", at: now + 60) == nil)
        await #expect(throws: StoreError.self) {
            try await sessions.start(tokenHash: "two", of: asha.id, at: now, expiresAt: now + 300)
        }
        #expect(try await sessions.remove(before: now + 50) == 0)
        #expect(try await sessions.remove(before: now + 51) == 1)
        #expect(try await sessions.remove(before: now + 101) == 1)
    }

    @Test func endingAllEndsOnePersonsSessionsOnly() async throws {
        let (asha, binu) = (try await add("asha"), try await add("binu"))
        let sessions = SessionStore(try .scratch)
        for (token, person) in [("one", asha), ("two", asha), ("three", binu)] {
            try await sessions.start(tokenHash: token, of: person.id, at: now, expiresAt: now + 100)
        }
        try await sessions.endAll(of: asha.id, at: now + 1)
        for token in ["one", "two"] { #expect(try await sessions.person(tokenHash: token, at: now + 2) == nil) }
        #expect(try await sessions.person(tokenHash: "three", at: now + 2) == binu)
    }

    @Test func whoIsDisabledIsOutAtOnceAndForGood() async throws {
        let asha = try await add("asha")
        let (store, sessions) = (AccountStore(try .scratch), SessionStore(try .scratch))
        try await sessions.start(tokenHash: "one", of: asha.id, at: now, expiresAt: now + 100)
        try await store.disable(asha.id, at: now + 1)
        try await store.disable(asha.id, at: now + 2)
        #expect(try await sessions.person(tokenHash: "one", at: now + 3) == nil)
        try await sessions.start(tokenHash: "two", of: asha.id, at: now, expiresAt: now + 100)
        #expect(try await sessions.person(tokenHash: "two", at: now + 3) == nil)
        #expect(try await store.credentials(named: "asha") == nil)
        #expect(try await store.credentials(of: asha.id) == nil)
        #expect(try await store.person(named: "asha")?.disabledAt == now + 1)
    }

    @Test func aNewPasswordEndsEverySessionButTheOneThatSetIt() async throws {
        let asha = try await add("asha")
        let (store, sessions) = (AccountStore(try .scratch), SessionStore(try .scratch))
        for token in ["one", "two"] {
            try await sessions.start(tokenHash: token, of: asha.id, at: now, expiresAt: now + 100)
        }
        try await store.rehash("again", of: asha.id, at: now)
        #expect(try await sessions.person(tokenHash: "one", at: now + 1) == asha)
        try await store.setPassword("new", of: asha.id, keeping: "two", at: now + 1)
        #expect(try await store.credentials(of: asha.id)?.passwordHash == "new")
        #expect(try await sessions.person(tokenHash: "one", at: now + 2) == nil)
        #expect(try await sessions.person(tokenHash: "two", at: now + 2) == asha)
        try await store.setPassword("newer", of: asha.id, at: now + 3)
        #expect(try await sessions.person(tokenHash: "two", at: now + 4) == nil)
        await #expect(throws: StoreError.self) { try await store.setPassword("x", of: 4711, at: now) }
    }

    private static let names: [(String, device: Bool, person: Bool)] = [
        ("Asha Nair", true, true), ("", false, false), (" a", false, false), ("a ", false, false),
        ("a\tb", false, false),
        ("a\nb", false, false), ("a\u{2028}b", false, false), ("a@b", true, false), ("മീറ്റർ 1", true, true),
        (String(repeating: "x", count: 64), true, true), (String(repeating: "x", count: 65), false, false),
    ]

    @Test(arguments: names)
    func aNameIsOneLine(_ text: String, device: Bool, person: Bool) {
        #expect(Device.isName(text) == device)
        #expect(Person.isName(text) == person)
    }
}
