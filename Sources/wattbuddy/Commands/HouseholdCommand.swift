import ArgumentParser
import Billing
import Deployment
import Foundation
import Metering
import Store
import Transfer

struct HouseholdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "household", abstract: "Who is billed, and how.",
        subcommands: [Add.self, List.self, Set.self, Days.self])

    struct Facts: ParsableArguments {
        @Option(help: "The name that pages and letters show.")
        var name: String?

        @Option(help: "The utility's number for the household.")
        var consumerNumber: String?

        @Option(help: "How numbers are written: en-IN, de-DE, en-GB.")
        var locale: String?

        @Option(help: "Where bills are mailed to.")
        var mailTo: String?

        @Option(help: "The tariff's id, from --tariff-from on.")
        var tariff: String?

        @Option(help: "The first day of the tariff (2025-01-01).")
        var tariffFrom: LocalDate?

        @Option(
            name: .customLong("input"), help: "What the tariff asks, as NAME=VALUE (phase=single); may be repeated.")
        var inputs: [String] = []

        @Option(help: "Months that a bill covers, 1 to 12.")
        var billingMonths: Int?

        @Option(help: "The day of the month on which a billing period begins, 1 to 31.")
        var billingDay: Int?

        @Option(help: "For two months: 0 when a period begins in January, 1 when one begins in February.")
        var billingPhase: Int?

        @Option(
            name: .customLong("reading-day"),
            help: "A day on which the meter is read, which ends a period; may be repeated, and adds to those known.")
        var readingDays: [LocalDate] = []

        func apply(to draft: inout HouseholdDraft) throws {
            if let name { draft.name = name }
            if let consumerNumber { draft.consumerNumber = consumerNumber }
            if let locale { draft.locale = locale }
            if let mailTo {
                guard Letter.isAddress(mailTo) else {
                    throw ValidationError("--mail-to: '\(mailTo)' is not a mail address")
                }
                draft.mailTo = mailTo
            }
            for input in inputs {
                let parts = input.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { throw ValidationError("--input: '\(input)' is not NAME=VALUE") }
                draft.inputs[parts[0]] = parts[1]
            }
            let months = billingMonths ?? draft.cycle.months
            let day = billingDay ?? draft.cycle.anchorDay
            guard (1...12).contains(months) else { throw ValidationError("--billing-months: 1 to 12") }
            guard (1...31).contains(day) else { throw ValidationError("--billing-day: 1 to 31") }
            let phase = billingPhase ?? draft.cycle.phase
            guard (0..<months).contains(phase) else { throw ValidationError("--billing-phase: 0 to \(months - 1)") }
            draft.cycle = BillingCycle(
                months: months, anchorDay: day, phase: phase, readingDays: draft.cycle.readingDays + readingDays)
        }

        /// A shipped tariff is loaded when it is first asked for.
        func assignTariff(to household: Household, in stores: Stores) async throws {
            guard let tariff else { return }
            if let text = TariffLibrary.files[tariff] { _ = try await stores.tariffs.save(text) }
            let first = tariffFrom ?? LocalDate(daysSince1970: 0)
            try await stores.tariffs.assign(tariff, to: household, from: first)
            guard let inForce = try await stores.tariffs.tariff(of: household, on: first) else {
                throw ValidationError("--tariff: there is no tariff '\(tariff)'")
            }
            try inForce.tariff.check(household.account)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Enters a household.")

        @Argument(help: "Its name in paths: lower-case letters, digits and hyphens.")
        var slug: String

        @Option(help: "Its IANA time zone, Asia/Kolkata.")
        var zone: String

        @OptionGroup var facts: Facts

        func run() async throws {
            guard let timeZone = TimeZone(identifier: zone) else {
                throw ValidationError("--zone: there is no zone '\(zone)'")
            }
            guard var draft = HouseholdDraft(slug: slug, zone: timeZone) else {
                throw ValidationError("'\(slug)' may hold lower-case letters, digits and hyphens only")
            }
            try facts.apply(to: &draft)
            let stores = try await Stores.open(Settings.load())
            guard try await stores.households.household(named: slug) == nil else {
                throw ValidationError("there is a household '\(slug)' already; change it with 'household set'")
            }
            let household = try await stores.households.save(draft)
            try await facts.assignTariff(to: household, in: stores)
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Changes what is told about a household.")

        @Argument(help: "Its name in paths.")
        var slug: String

        @OptionGroup var facts: Facts

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            guard let household = try await stores.households.household(named: slug) else {
                throw ValidationError("there is no household '\(slug)'")
            }
            var draft = HouseholdDraft(household)
            try facts.apply(to: &draft)
            try await facts.assignTariff(to: try await stores.households.save(draft), in: stores)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Names all households.")

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            let all = try await stores.households.all()
            for household in all.unreadable { Console.error("household \(household.slug): \(household.reason)") }
            for household in all.households {
                let fields = [
                    household.slug, household.zone.identifier, household.consumerNumber ?? "-", household.name,
                ]
                Console.say(fields.joined(separator: "\t"))
            }
        }
    }
}
