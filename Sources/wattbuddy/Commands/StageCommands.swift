import ArgumentParser
import Deployment
import Foundation
import Metering
import Reports
import Store

struct RollUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roll-up", abstract: "Readings to consumption by day and hour.")

    @OptionGroup var options: JobOptions

    @Option(help: "Begin with this day (2025-03-01), whatever was done before.")
    var from: LocalDate?

    func run() async throws {
        let stores = try await Stores.open(Settings.load())
        try await stores.note("roll-up", options) { households in
            try await RollUpJob(stores: stores, asOf: options.asOf.instant, from: from).run(for: households)
        }
    }
}

struct Analyse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Consumption to forecasts and unusual days.")

    @OptionGroup var options: JobOptions

    func run() async throws {
        let stores = try await Stores.open(Settings.load())
        try await stores.note("analyse", options) { households in
            let failures = await Job(name: "analyse", stages: [AnalyseStage()])
                .run(for: households, asOf: options.asOf.instant, in: stores)
            try await stores.analysis.saveCalibration(on: options.asOf.day)
            return failures
        }
    }
}

struct CloseBills: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close-bills",
        abstract: "Bills for the periods that are over; one that differs becomes a revision.")

    @OptionGroup var options: JobOptions

    func run() async throws {
        let stores = try await Stores.open(Settings.load())
        try await stores.note("close-bills", options) { households in
            await Job(name: "close-bills", stages: [CloseBillsStage()])
                .run(for: households, asOf: options.asOf.instant, in: stores)
        }
    }
}

struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Everything known to pages, shown in one step.")

    @OptionGroup var options: JobOptions

    func run() async throws {
        let settings = try await Settings.load()
        let stores = try await Stores.open(settings)
        let templates = try await Templates(directory: settings.templates)
        try await stores.note("publish", options) { households in
            try await Publisher(stores: stores, templates: templates, asOf: options.asOf.instant)
                .publish(households, except: [], into: settings.output, waits: options.shard != nil)
        }
    }
}

struct Nightly: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The whole night: roll-up, analyse, close-bills, publish.")

    @OptionGroup var options: JobOptions

    func run() async throws {
        let settings = try await Settings.load()
        try await Self.run(options, settings, try await Stores.open(settings))
    }

    static func run(_ options: JobOptions, _ settings: Settings, _ stores: Stores) async throws {
        let asOf = options.asOf.instant
        let templates = try await Templates(directory: settings.templates)
        try await stores.readings.prepare(from: asOf, months: 2)
        try await stores.note("nightly", options) { households in
            var failures = try await RollUpJob(stores: stores, asOf: asOf, from: nil).run(for: households)
            let bad = Set(failures.map(\.household))
            failures += await Job(name: "nightly", stages: [AnalyseStage(), CloseBillsStage()])
                .run(for: households.filter { !bad.contains($0.slug) }, asOf: asOf, in: stores)
            try await stores.analysis.saveCalibration(on: options.asOf.day)
            let more = try await Publisher(stores: stores, templates: templates, asOf: asOf).publish(
                households, except: Set(failures.map(\.household)), into: settings.output, waits: options.shard != nil)
            return failures + more
        }
    }
}

extension LocalDate: ExpressibleByArgument {}
