import ArgumentParser
import Deployment
import Foundation
import Store

/// A stage of the night: what is done for one household.
protocol Stage: Sendable {
    var name: String { get }
    func run(for household: Household, asOf: Date, in stores: Stores) async throws
}

/// Stages over many households, of which one may fail without stopping the others.
struct Job {
    let name: String
    let stages: [any Stage]

    /// How many households are worked on at once; the database takes one statement at a time.
    private static let atOnce = 2

    /// - Returns: the households that failed, with the reason.
    func run(for households: [Household], asOf: Date, in stores: Stores) async -> [Failure] {
        var progress = Progress(name)
        defer { progress.finish() }
        return await withTaskGroup(of: Failure?.self) { group in
            var failures: [Failure] = []
            var waiting = households[...]
            var done = 0
            for household in waiting.prefix(Self.atOnce) { group.addTask { await attempt(household, asOf, stores) } }
            waiting = waiting.dropFirst(Self.atOnce)
            for await failure in group {
                done += 1
                progress.show(Double(done) / Double(households.count))
                if let failure { failures.append(failure) }
                if let household = waiting.popFirst() { group.addTask { await attempt(household, asOf, stores) } }
            }
            return failures.sorted { $0.household < $1.household }
        }
    }

    private func attempt(_ household: Household, _ asOf: Date, _ stores: Stores) async -> Failure? {
        for stage in stages {
            do { try await stage.run(for: household, asOf: asOf, in: stores) } catch {
                return Failure(household: household.slug, stage: stage.name, error: error)
            }
        }
        return nil
    }
}

/// Why a household failed.
struct Failure: Error {
    let household: String
    let stage: String
    let error: any Error

    var description: String {
        "household \(household): \(stage): \(error)"
    }
}

extension Stores {
    /// Does a job's work, notes in the table of runs that and how it ended, and says which households failed.
    ///
    /// - Throws: exit code 2 when households failed; a lost database as itself.
    func note(_ job: String, _ options: JobOptions, _ body: ([Household]) async throws -> [Failure]) async throws {
        let list = try await options.households(in: self)
        let run = try await runs.begin(job, asOf: options.asOf.instant)
        do {
            let unreadable = list.unreadable.map { household in
                Failure(household: household.slug, stage: job, error: JobError(household.reason))
            }
            let failures = try await unreadable + body(list.households)
            for failure in failures { Console.error(failure.description) }
            let failed = Array(Set(failures.map(\.household))).sorted()
            try await runs.finish(run, households: list.households.count, failed: failed, error: nil)
            if let lost = failures.first(where: { ExitStatus(ofJob: $0.error) == .tryAgainLater }) { throw lost.error }
            if !failed.isEmpty { throw ExitCode(ExitStatus.someHouseholdsFailed.rawValue) }
        } catch let error where !(error is ExitCode) {
            do {
                try await runs.finish(run, households: list.households.count, failed: [], error: "\(error)")
            } catch let
                second
            {
                Console.error("the run could not be noted: \(second)")
            }
            throw error
        }
    }
}

/// Why a household's stage cannot be done.
struct JobError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
