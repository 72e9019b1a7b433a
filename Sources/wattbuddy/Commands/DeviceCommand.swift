import ArgumentParser
import Deployment
import Foundation
import Secrets
import Store

struct DeviceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device", abstract: "The boards that send readings and switch relays.",
        discussion: "A token is shown once, by the command that makes it; nobody can look it up later.",
        subcommands: [Add.self, List.self, Claim.self, Rotate.self, Revoke.self])

    /// A name and a value on each line, for people and for scripts: `awk '$1 == "token" { print $2 }'`.
    static func tell(_ device: Device, token: Token, code: ClaimCode? = nil) {
        Console.say("device\t\(device.id)")
        Console.say("token\t\(token.text)")
        if let code { Console.say("claim-code\t\(code.text)") }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enters a device and shows its token, and the code to claim it by when nobody has it yet.")

        @Argument(help: "What people call it.")
        var name: String

        @Option(help: "The household whose it is, by its name in paths; it gets a meter there.")
        var household: String?

        @Option(help: "The utility's number of the household that has it from its next login on.")
        var consumerNumber: String?

        func validate() throws {
            guard household == nil || consumerNumber == nil else {
                throw ValidationError("--household and --consumer-number exclude each other")
            }
            guard Device.isName(name) else { throw ValidationError("a name has 1 to 64 characters on one line") }
        }

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            var home: Household?
            if let household { home = try await stores.household(named: household) }
            let token = try Token(.device)
            let code = home == nil && consumerNumber == nil ? try ClaimCode() : nil
            let device = try await stores.devices.add(
                name: name, household: home?.id, consumerNumber: consumerNumber, tokenHash: token.digest.hex,
                claimHash: code?.digest.hex, at: AsOf.now.instant)
            DeviceCommand.tell(device, token: token, code: code)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows number, name, household, state and last stored reading of every device.")

        @Option(help: "Only those of the household with this path name.")
        var household: String?

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            var devices = try await stores.devices.all()
            if let household {
                let home = try await stores.household(named: household)
                devices.removeAll { $0.household != home.id }
            }
            for device in devices {
                let last = device.lastReadingAt?.formatted(.iso8601) ?? "-"
                let fields = ["\(device.id)", device.name, device.householdSlug ?? "-", Self.state(of: device), last]
                Console.say(fields.joined(separator: "\t"))
            }
        }

        private static func state(of device: Device) -> String {
            if device.isRevoked { return "revoked" }
            if device.isClaimed { return "claimed" }
            return device.consumerNumber.map { "for consumer \($0)" } ?? "unclaimed"
        }
    }

    struct Claim: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives an unclaimed device to a household.")

        @Argument(help: "The code that the device or 'device add' showed.")
        var code: String

        @Option(help: "The household's name in paths.")
        var household: String

        func run() async throws {
            guard let code = ClaimCode(code) else {
                throw ValidationError("a claim code has eight letters and digits: ABCD-EFGH")
            }
            let stores = try await Stores.open(Settings.load())
            let home = try await stores.household(named: household)
            guard let device = try await stores.devices.claim(codeHash: code.digest.hex, for: home.id) else {
                throw ValidationError("no unclaimed device has this code")
            }
            Console.say("device\t\(device.id)")
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a device another token and shows it; the old one is let in no more.")

        @Argument(help: "The device's number.")
        var device: Int64

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            let token = try Token(.device)
            DeviceCommand.tell(try await stores.devices.rotate(device, tokenHash: token.digest.hex), token: token)
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a device in no more, for good; what it sent stays.")

        @Argument(help: "The device's number.")
        var device: Int64

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            _ = try await stores.devices.revoke(device, at: AsOf.now.instant)
        }
    }
}
