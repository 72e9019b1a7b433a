import ArgumentParser
import Deployment
import Postgres
import Store

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings the database's tables up to date.")

    func run() async throws {
        _ = try await Stores.open(Settings.load(), migrates: true)
    }
}

struct ClusterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "The private PostgreSQL of this folder.",
        subcommands: [Start.self, Stop.self])

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Starts it, unless it runs.")

        func run() async throws {
            try PrivateCluster(directory: try await Settings.load().clusterDirectory).ensureRunning()
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stops it, after everything is written.")

        func run() async throws {
            try PrivateCluster(directory: try await Settings.load().clusterDirectory).stop()
        }
    }
}
