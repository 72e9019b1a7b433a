import ArgumentParser
import Channels
import Control
import Deployment
import Foundation
import Metering
import Notices
import Store
import Transfer

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel",
        abstract: "How a household is told of its alerts: by mail, by a push message, or by a program of its own.",
        discussion: """
            Mail needs WATTBUDDY_MAIL_HOST and WATTBUDDY_MAIL_FROM (see send-bills). With WATTBUDDY_URL, the address under which \
            people reach the daemon, messages lead to the live page. WATTBUDDY_NTFY_TOKEN and WATTBUDDY_WEBHOOK_TOKEN are shown to \
            their servers as bearer tokens.
            """,
        subcommands: [Add.self, List.self, Remove.self, Test.self])

    struct Home: ParsableArguments {
        @Argument(help: "The household's short name.")
        var household: String

        func find(in stores: Stores) async throws -> Household {
            guard let found = try await stores.households.household(named: household) else {
                throw ValidationError("there is no household '\(household)'")
            }
            return found
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a way; of one that is known already only what is told there changes.")

        @OptionGroup var home: Home

        @Argument(help: "mail, ntfy or webhook.")
        var kind: AlertChannel.Kind

        @Argument(help: "A mail address, https://server/topic of ntfy, or the address that takes JSON.")
        var target: String

        @Option(help: "What is less grave is not told: info, warning or critical.")
        var least: NoticeSeverity = .warning

        func validate() throws {
            do { _ = try AlertChannel(checking: target, as: kind, least: least) } catch let error as TransferError {
                throw ValidationError("target: \(error)")
            }
        }

        func run() async throws {
            let settings = try await Settings.load()
            let stores = try await Stores.open(settings)
            let channel = try AlertChannel(checking: target, as: kind, least: least)
            let id = try await stores.channels.add(
                channel, to: try await home.find(in: stores).id, at: AsOf.now.instant)
            Console.say("channel \(id): \(kind.rawValue) to \(target), from \(least.rawValue) on")
            if kind == .mail, settings.mailFrom == nil {
                Console.error("no mail server is set yet: WATTBUDDY_MAIL_HOST and WATTBUDDY_MAIL_FROM")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a household's ways, each with its number.")

        @OptionGroup var home: Home

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            for stored in try await stores.channels.channels(of: try await home.find(in: stores).id) {
                let channel = stored.channel
                Console.say("\(stored.id)\t\(channel.kind.rawValue)\t\(channel.target)\t\(channel.least.rawValue)")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forgets a way and what was to be told there.")

        @OptionGroup var home: Home

        @Argument(help: "Its number.")
        var id: Int64

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            guard try await stores.channels.remove(id, of: try await home.find(in: stores).id) else {
                throw ValidationError("household '\(home.household)' has no channel \(id)")
            }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sends a message to try a way, and says how it went.")

        @OptionGroup var home: Home

        @Argument(help: "Its number.")
        var id: Int64

        func run() async throws {
            let settings = try await Settings.load()
            let stores = try await Stores.open(settings)
            let household = try await home.find(in: stores)
            guard let stored = try await stores.channels.channels(of: household.id).first(where: { $0.id == id }) else {
                throw ValidationError("household '\(home.household)' has no channel \(id)")
            }
            let now = AsOf.now.instant
            let condition = AlertCondition(AlertCondition.Key(device: nil, kind: .heavier, socket: .none))
            let alert = Alert(
                household: household.id, condition, sentence: NoticePhrase.testText.text(), openedAt: now)
            let message = AlertMessage(.opened, of: alert, home: household.name, on: household.clock)
            // The same mail twice may be left out by its server: each trial has a number of its own.
            let number = Int64(now.timeIntervalSince1970 * 1000)
            try settings.courier().send(message, number: number, to: stored.channel, at: now)
            Console.say("\(stored.channel.target) took it")
        }
    }
}

extension AlertChannel.Kind: ExpressibleByArgument {}
extension NoticeSeverity: ExpressibleByArgument {}
