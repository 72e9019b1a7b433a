import ArgumentParser
import Deployment
import Foundation
import Secrets
import Store
import Transfer

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Who may log in.",
        discussion: """
            A new password is taken from WATTBUDDY_NEW_PASSWORD, else asked for on the terminal, else read from standard input.
            """,
        subcommands: [Add.self, Password.self, List.self, Disable.self])

    /// - Throws: `ValidationError` when nobody has this name or mail address.
    static func person(named name: String, in stores: Stores) async throws -> Person {
        guard let person = try await stores.accounts.person(named: name) else {
            throw ValidationError("there is no account '\(name)'")
        }
        return person
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a person in, to the things of one household or, as an admin, to all.")

        @Argument(help: "The name to log in with; the mail address does as well.")
        var name: String

        @Option(help: "The mail address.")
        var email: String

        @Option(help: "The household's name in paths.")
        var household: String?

        @Flag(help: "Sees and switches the things of every household.")
        var admin = false

        func validate() throws {
            guard (household != nil) != admin else { throw ValidationError("say --household or --admin") }
            guard Person.isName(name) else {
                throw ValidationError("a name has 1 to 64 characters on one line and no @")
            }
            guard Letter.isAddress(email) else { throw ValidationError("--email: '\(email)' is not a mail address") }
        }

        func run() async throws {
            let settings = try await Settings.load()
            let stores = try await Stores.open(settings)
            var home: Household?
            if let household { home = try await stores.household(named: household) }
            let hash = try PasswordHash.hash(try NewPassword.read(settings))
            _ = try await stores.accounts.add(
                name: name, email: email, passwordHash: hash, household: home?.id, at: AsOf.now.instant)
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets another password; whoever is logged in must log in again.")

        @Argument(help: "Name or mail address.")
        var name: String

        func run() async throws {
            let settings = try await Settings.load()
            let stores = try await Stores.open(settings)
            let person = try await UserCommand.person(named: name, in: stores)
            let hash = try PasswordHash.hash(try NewPassword.read(settings))
            try await stores.accounts.setPassword(hash, of: person.id, at: AsOf.now.instant)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Names everybody.")

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            for person in try await stores.accounts.all() {
                let state = person.disabledAt.map { "disabled \($0.formatted(.iso8601))" } ?? "enabled"
                let fields = [person.name, person.email, person.role.rawValue, person.householdSlug ?? "-", state]
                Console.say(fields.joined(separator: "\t"))
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a person in no more, at once.")

        @Argument(help: "Name or mail address.")
        var name: String

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            let person = try await UserCommand.person(named: name, in: stores)
            try await stores.accounts.disable(person.id, at: AsOf.now.instant)
        }
    }
}
