import ArgumentParser
import Deployment
import Foundation
import Metering
import Store

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Is everything fresh, what failed, what expires. Exit code 2 when something needs a look.")

    @OptionGroup var options: JobOptions

    @Option(help: "Hours without a reading that make a household stale.")
    var staleAfter = 6.0

    func run() async throws {
        let settings = try await Settings.load()
        let stores = try await Stores.open(settings)
        let asOf = options.asOf.instant
        var concerns: [String] = []
        let households = try await options.households(in: stores)
        Console.say("households: \(households.households.count)")
        concerns += households.unreadable.map { "\($0.slug): \($0.reason)" }
        for household in households.households {
            concerns += try await self.concerns(of: household, asOf: asOf, in: stores)
        }
        concerns += try await deviceConcerns(asOf: asOf, in: stores)
        for run in try await stores.runs.latest() { concerns += Self.tell(run) }
        for mail in try await stores.mails.unsettled(before: asOf) {
            concerns.append("mail: the bill of \(mail.household) from \(mail.period) was begun and never settled")
        }
        concerns += try await messageConcerns(asOf: asOf, in: stores)
        if !FileManager.default.fileExists(atPath: settings.output + "/index.html") {
            concerns.append("pages: \(settings.output) holds no index.html; run 'wattbuddy publish'")
        }
        for concern in concerns { Console.say("! \(concern)") }
        if concerns.isEmpty {
            Console.say("all is well")
        } else {
            throw ExitCode(ExitStatus.someHouseholdsFailed.rawValue)
        }
    }

    /// Messages of the last day that were not taken, and those that were begun a while ago and never settled.
    private func messageConcerns(asOf: Date, in stores: Stores) async throws -> [String] {
        let day = asOf.addingTimeInterval(-86_400)
        return try await stores.channels.failures(since: day, before: asOf.addingTimeInterval(-600)).map { failed in
            "alerts: a message of \(failed.household) by \(failed.kind) to \(failed.target) "
                + (failed.isKnown ? "was not taken: \(failed.error)" : "was begun and never settled")
        }
    }

    private func concerns(of household: Household, asOf: Date, in stores: Stores) async throws -> [String] {
        guard let meter = try await stores.households.mainMeter(of: household) else {
            return ["\(household.slug): no meter that is billed"]
        }
        guard let last = try await stores.readings.last(of: meter, knownBy: asOf) else {
            return ["\(household.slug): no readings"]
        }
        var concerns: [String] = []
        let hours = asOf.timeIntervalSince(last) / 3600
        if hours > staleAfter { concerns.append("\(household.slug): last reading \(last.formatted(.iso8601))") }
        let today = household.clock.date(at: asOf)
        if let tariff = try await stores.tariffs.tariff(of: household, on: today)?.tariff,
            let end = tariff.versions.last?.through, today.days(until: end) < 60
        {
            concerns.append("\(household.slug): the tariff \(tariff.id) ends on \(end)")
        }
        return concerns
    }

    /// Says how many devices there are.
    ///
    /// - Returns: those that are silent.
    private func deviceConcerns(asOf: Date, in stores: Stores) async throws -> [String] {
        let devices = try await stores.devices.all().filter { !$0.isRevoked }
        let unclaimed = devices.filter { !$0.isClaimed }.count
        Console.say("devices: \(devices.count)\(unclaimed > 0 ? ", \(unclaimed) unclaimed" : "")")
        return devices.compactMap { device in
            guard let household = device.householdSlug, options.household ?? household == household,
                asOf.timeIntervalSince(device.lastReadingAt ?? device.createdAt) / 3600 > staleAfter
            else { return nil }
            let words =
                device.lastReadingAt.map { "is silent since \($0.formatted(.iso8601))" } ?? "has sent nothing yet"
            return "\(household): device \(device.id) (\(device.name)) \(words)"
        }
    }

    /// Says how a job's newest run went.
    ///
    /// - Returns: what of it needs a look.
    private static func tell(_ run: Run) -> [String] {
        let began = run.startedAt.formatted(.iso8601)
        guard run.finishedAt != nil else { return ["\(run.job): began \(began) and has not ended"] }
        Console.say("\(run.job): \(began), as of \(run.asOf.formatted(.iso8601)), \(run.households ?? 0) households")
        if let error = run.error { return ["\(run.job): \(error)"] }
        let failed = run.failed ?? []
        return failed.isEmpty ? [] : ["\(run.job): failed for \(failed.joined(separator: ", "))"]
    }
}
