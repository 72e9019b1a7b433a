import Foundation
import Postgres
import Secrets
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct DeviceTests {
    private func household(_ slug: String = "asha") throws {
        let made = try Program.wattbuddy("household", "add", slug, "--zone", "Asia/Kolkata", "--consumer-number", "77")
        try #require(made.status == 0, "\(made.errors)")
    }

    /// What a command said, as names and values.
    private func told(_ arguments: String...) throws -> [String: String] {
        let run = try Program.wattbuddy(arguments)
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
        let lines = run.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        return Dictionary(uniqueKeysWithValues: lines.map { ($0[0], $0[1]) })
    }

    private func tokenHash(of device: String?) async throws -> String? {
        let id = try #require(device.flatMap(Int64.init))
        return try await DeviceStore(.scratch).directory(of: [id]).entries.first?.tokenHash
    }

    @Test func aDeviceOfAHouseholdShowsItsTokenAndNoCode() async throws {
        try household()
        let told = try told("device", "add", "Board", "--household", "asha")
        #expect(Set(told.keys) == ["device", "token"])
        let token = try #require(told["token"].flatMap { Token($0, as: .device) })
        #expect(try await tokenHash(of: told["device"]) == token.digest.hex)
        #expect(try Program.wattbuddy("device", "list").output == "1\tBoard\tasha\tclaimed\t-\n")
        #expect(try Program.wattbuddy("meter", "list", "asha").output.hasPrefix("main\tmain\t"))
    }

    @Test func anUnclaimedDeviceIsClaimedByTheCodeHoweverItIsTyped() throws {
        try household()
        let told = try told("device", "add", "Board")
        let code = try #require(told["claim-code"])
        #expect(try Program.wattbuddy("device", "list").output == "1\tBoard\t-\tunclaimed\t-\n")
        #expect(try Program.wattbuddy("status").output.contains("devices: 1, 1 unclaimed\n"))
        let typed = code.lowercased().replacing("-", with: " ")
        #expect(try self.told("device", "claim", typed, "--household", "asha") == ["device": "1"])
        #expect(try Program.wattbuddy("device", "list", "--household", "asha").output.contains("\tclaimed\t"))
        let again = try Program.wattbuddy("device", "claim", code, "--household", "asha")
        #expect(again.status == 64 && again.errors.contains("no unclaimed device has this code"))
    }

    @Test func aDeviceForAConsumerNumberWaitsForItsHousehold() async throws {
        try household()
        #expect(Set(try told("device", "add", "Board", "--consumer-number", "77").keys) == ["device", "token"])
        #expect(try Program.wattbuddy("device", "list").output == "1\tBoard\t-\tfor consumer 77\t-\n")
    }

    @Test func anotherTokenTakesThePlaceOfTheFirst() async throws {
        let first = try told("device", "add", "Board")
        let second = try told("device", "rotate", "1")
        #expect(second["device"] == "1" && Set(second.keys) == ["device", "token"])
        #expect(first["token"] != second["token"])
        #expect(try await tokenHash(of: "1") == second["token"].map { Digest(of: $0).hex })
    }

    @Test func aRevokedDeviceIsShownAsSuchAndGetsNoTokenAnyMore() throws {
        _ = try told("device", "add", "Board")
        let revoked = try Program.wattbuddy("device", "revoke", "1")
        #expect(revoked.status == 0 && revoked.output.isEmpty, "\(revoked.errors)")
        #expect(try Program.wattbuddy("device", "list").output == "1\tBoard\t-\trevoked\t-\n")
        let again = try Program.wattbuddy("device", "rotate", "1")
        #expect(again.status == 1)
        #expect(again.output.isEmpty)
        #expect(again.errors == "wattbuddy: there is no device 1, or it was revoked\n")
    }

    @Test(arguments: [
        ["add", "Board", "--household", "nobody"], ["add", "Board", "--household", "a", "--consumer-number", "7"],
        ["add", " "], ["claim", "ABCD", "--household", "a"], ["rotate", "one"], ["list", "--household", "nobody"],
    ])
    func whatCannotBeDoneIsSaidInOneSentence(_ arguments: [String]) throws {
        let run = try Program.wattbuddy(["device"] + arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty && run.errors.hasPrefix("Error: "), "\(run.errors)")
        #expect(!run.errors.contains("SELECT"))
    }

    @Test func aDeviceThatIsSilentNeedsALook() throws {
        try household()
        _ = try told("device", "add", "Board", "--household", "asha")
        let soon = try Program.wattbuddy("status").output
        #expect(!soon.contains("has sent nothing yet"))
        let later = try Program.wattbuddy("status", "--as-of", "2100-01-01T00:00:00Z")
        #expect(later.status == 2)
        #expect(later.output.contains("! asha: device 1 (Board) has sent nothing yet\n"))
    }

    /// Every row of every table, as the server writes it out.
    private func everything() async throws -> String {
        try await Database.scratch.run { connection in
            let tables = try connection.query(
                """
                SELECT table_name::text FROM information_schema.tables
                WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
                """, { (name: String) in name })
            return try tables.map { table in
                let rows = SQL(stringLiteral: "SELECT coalesce(string_agg(t::text, ' '), '') FROM \"\(table)\" AS t")
                return try connection.first(rows, { (text: String) in text }) ?? ""
            }.joined(separator: " ")
        }
    }

    @Test func noSecretIsEverInTheDatabaseInClear() async throws {
        try household()
        var secrets = ["monsoon-2026!"]
        secrets += try told("device", "add", "Board").filter { $0.key != "device" }.values
        secrets += try told("device", "add", "Pump", "--household", "asha").filter { $0.key == "token" }.values
        secrets += try told("device", "rotate", "2").filter { $0.key == "token" }.values
        let added = try Program.wattbuddy(
            "user", "add", "Asha", "--email", "asha@example.org", "--household", "asha",
            settings: ["NEW_PASSWORD": secrets[0]])
        try #require(added.status == 0, "\(added.errors)")
        let stored = try await everything()
        #expect(stored.contains("asha@example.org") && stored.contains("$argon2id$"))
        #expect(secrets.count == 5)
        for secret in secrets {
            #expect(!stored.contains(secret))
            #expect(!stored.contains(secret.dropFirst(4)))
            #expect(!stored.contains(secret.replacing("-", with: "")))
        }
        let log = try String(contentsOfFile: TestCluster.shared.get().directory + "/server.log", encoding: .utf8)
        for secret in secrets { #expect(!log.contains(secret)) }
    }
}
