import Foundation
import Postgres
import Secrets
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct PeopleTests {
    private static let password = "monsoon-2026!"

    private func household() throws {
        let made = try Program.wattbuddy("household", "add", "asha", "--zone", "Asia/Kolkata")
        try #require(made.status == 0, "\(made.errors)")
    }

    private func addAsha() throws -> Program.Ending {
        try Program.wattbuddy(
            "user", "add", "Asha", "--email", "asha@example.org", "--household", "asha",
            settings: ["NEW_PASSWORD": Self.password])
    }

    private func environment() throws -> [String: String] {
        let database = try Database.scratchConfiguration
        return ["WATTBUDDY_DATABASE_URL": database.conninfo, "WATTBUDDY_DATABASE_SCHEMA": database.schema ?? ""]
    }

    @Test func aPersonIsEnteredListedGivenAnotherPasswordAndDisabled() async throws {
        try household()
        let added = try addAsha()
        #expect(added.status == 0 && added.output.isEmpty && added.errors.isEmpty, "\(added.errors)")
        let admin = try Program.wattbuddy(
            "user", "add", "root", "--email", "root@example.org", "--admin", settings: ["NEW_PASSWORD": "x-0123456789"])
        #expect(admin.status == 0, "\(admin.errors)")
        #expect(
            try Program.wattbuddy("user", "list").output == """
                Asha\tasha@example.org\thousehold\tasha\tenabled
                root\troot@example.org\tadmin\t-\tenabled

                """)
        let accounts = AccountStore(try .scratch)
        let first = try #require(try await accounts.credentials(named: "asha"))
        #expect(PasswordHash.verify(Self.password, against: first.passwordHash))
        let changed = try Program.wattbuddy(
            "user", "password", "ASHA@example.org", settings: ["NEW_PASSWORD": "another-2026!"])
        #expect(changed.status == 0, "\(changed.errors)")
        let second = try #require(try await accounts.credentials(named: "asha"))
        #expect(PasswordHash.verify("another-2026!", against: second.passwordHash))
        #expect(!PasswordHash.verify(Self.password, against: second.passwordHash))
        #expect(try Program.wattbuddy("user", "disable", "asha").status == 0)
        #expect(try await accounts.credentials(named: "asha") == nil)
        #expect(try Program.wattbuddy("user", "list").output.contains("\tasha\tdisabled 20"))
    }

    private static let refusals: [(arguments: [String], password: String?, sentence: String)] = [
        (["add", "x", "--email", "x@example.org"], password, "say --household or --admin"),
        (["add", "x", "--email", "x@example.org", "--admin", "--household", "asha"], password, "say --household or"),
        (
            ["add", "x", "--email", "x@example.org", "--household", "nobody"], password,
            "there is no household 'nobody'"
        ),
        (["add", "x", "--email", "nowhere", "--admin"], password, "'nowhere' is not a mail address"),
        (["add", "x@y", "--email", "x@example.org", "--admin"], password, "no @"),
        (["add", "x", "--email", "x@example.org", "--admin"], "too-short", "at least 10 characters"),
        (["add", "x", "--email", "x@example.org", "--admin"], nil, "no password: put it into WATTBUDDY_NEW_PASSWORD"),
        (["password", "nobody"], password, "there is no account 'nobody'"),
        (["disable", "nobody"], nil, "there is no account 'nobody'"),
    ]

    @Test(arguments: refusals)
    func whatCannotBeDoneIsSaidInOneSentence(_ arguments: [String], _ password: String?, _ sentence: String) throws {
        let settings = password.map { ["NEW_PASSWORD": $0] } ?? [:]
        let run = try Program.wattbuddy(["user"] + arguments, settings: settings)
        #expect(run.status == 64)
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(!run.errors.contains(password ?? "SELECT"))
        #expect(run.output.isEmpty)
    }

    @Test func aNameThatIsTakenIsSaidSo() throws {
        try household()
        _ = try addAsha()
        let again = try addAsha()
        #expect(again.status == 1)
        #expect(again.errors == "wattbuddy: there is an account 'Asha' or 'asha@example.org' already\n")
    }

    @Test func aPasswordIsReadFromStandardInputWhereNobodyCanBeAsked() async throws {
        let run = try Program.run(
            URL(filePath: "/bin/sh"),
            [
                "-c", "echo \"$1\" | \"$0\" user add root --email root@example.org --admin",
                Program.products.appending(path: "wattbuddy").path(percentEncoded: false), "from standard input",
            ], environment: try environment())
        #expect(run.status == 0, "\(run.errors)")
        let root = try #require(try await AccountStore(.scratch).credentials(named: "root"))
        #expect(PasswordHash.verify("from standard input", against: root.passwordHash))
    }

    /// Plays a person at a terminal: waits for each question and types the answer to it.
    private func atTerminal(_ answers: [String]) throws -> Program.Ending {
        let script = """
            import os, pty, sys
            program, *answers = sys.argv[1:]
            child, terminal = pty.fork()
            if child == 0:
                os.execv(program, [program, 'user', 'add', 'root', '--email', 'root@example.org', '--admin'])
            shown = b''
            try:
                for answer in answers:
                    seen = len(shown)
                    while b': ' not in shown[seen:]:
                        shown += os.read(terminal, 1000)
                    os.write(terminal, answer.encode())
                while True:
                    shown += os.read(terminal, 1000)
            except OSError:
                pass
            sys.stdout.write(shown.decode())
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            """
        return try Program.run(
            URL(filePath: "/usr/bin/python3"),
            ["-c", script, Program.products.appending(path: "wattbuddy").path(percentEncoded: false)] + answers,
            environment: try environment())
    }

    @Test func aPasswordThatIsTypedIsNotShown() async throws {
        let run = try atTerminal(["typed by hand\n", "typed by hand\n"])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output == "New password: \r\nThe same again: \r\n")
        let root = try #require(try await AccountStore(.scratch).credentials(named: "root"))
        #expect(PasswordHash.verify("typed by hand", against: root.passwordHash))
    }

    @Test func twoDifferentPasswordsAreRefused() async throws {
        let run = try atTerminal(["typed by hand\n", "typed by foot\n"])
        #expect(run.status == 64)
        #expect(run.output.contains("the two passwords differ") && !run.output.contains("typed"))
        #expect(try await AccountStore(.scratch).all().isEmpty)
    }

    @Test func controlCGivesUpAndChangesNothing() async throws {
        let run = try atTerminal(["typed by hand\u{3}"])
        #expect(run.status == 1)
        #expect(run.output == "New password: \r\nwattbuddy: given up\r\n")
        #expect(try await AccountStore(.scratch).all().isEmpty)
    }
}
