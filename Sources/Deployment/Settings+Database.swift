import ArgumentParser
package import Postgres
import Store

extension Settings {
    /// The configured database, else the private cluster, which is started when it does not run; its tables are up to date.
    ///
    /// - Parameter migrates: whether to bring a configured database up to date; the private one always is.
    /// - Throws: `ValidationError` when the tables of a configured database are older or newer than this program.
    package func readyDatabase(migrates: Bool = false) async throws -> Database.Configuration {
        let (configuration, migrates) = try database.map { ($0, migrates) } ?? (privateDatabase(), true)
        let connected = Database(configuration)
        if migrates {
            _ = try await connected.run { try Schema.migrate($0) }
        } else {
            try Self.check(version: try await connected.run { try Schema.version($0) })
        }
        await connected.close()
        return configuration
    }

    private func privateDatabase() throws -> Database.Configuration {
        let cluster = try PrivateCluster(directory: clusterDirectory)
        try cluster.ensureRunning()
        try cluster.ensureDatabase("wattbuddy")
        return cluster.configuration(database: "wattbuddy")
    }

    private static func check(version: Int) throws {
        guard version != Schema.newest else { return }
        throw ValidationError(
            version < Schema.newest
                ? "the database's tables are at step \(version), this program needs \(Schema.newest): run 'wattbuddy migrate'"
                : "the database's tables are at step \(version), newer than this program (\(Schema.newest))")
    }
}
