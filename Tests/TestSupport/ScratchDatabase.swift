package import Foundation
package import Postgres
import Store
package import Testing

/// Gives each test a schema of its own, with all tables, in the tests' private cluster.
package struct ScratchDatabase: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    @TaskLocal fileprivate static var current: ScratchSchema?

    package func scopeProvider(for test: Test, testCase: Test.Case?) -> ScratchDatabase? {
        testCase == nil ? nil : self
    }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let schema = try await ScratchSchema.make()
        try await Self.$current.withValue(schema) { try await function() }
        try await schema.drop()
    }
}

extension Trait where Self == ScratchDatabase {
    package static var scratchDatabase: ScratchDatabase { ScratchDatabase() }
}

extension Database {
    /// The running test's database.
    package static var scratch: Database {
        get throws { try #require(ScratchDatabase.current, "the suite needs @Suite(.scratchDatabase)").database }
    }

    /// How another connection, or another process, reaches the running test's tables.
    package static var scratchConfiguration: Configuration {
        get throws { try #require(ScratchDatabase.current, "the suite needs @Suite(.scratchDatabase)").configuration }
    }
}

/// The repository's folder.
package let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// The cluster of the tests, started once.
package enum TestCluster {
    package static let shared = Swift.Result {
        let path = repository.appending(path: ".wattbuddy/test").path(percentEncoded: false)
        let cluster = try PrivateCluster(directory: path)
        try cluster.ensureRunning()
        try cluster.ensureDatabase("wattbuddy_test")
        return cluster
    }
}

private struct ScratchSchema: Sendable {
    let name: String
    let configuration: Database.Configuration
    let database: Database

    static func make() async throws -> ScratchSchema {
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let configuration = try TestCluster.shared.get().configuration(database: "wattbuddy_test", schema: name)
        let database = Database(configuration)
        try await database.run { connection in
            try connection.script("CREATE SCHEMA \(name)")
            _ = try Schema.migrate(connection)
        }
        return ScratchSchema(name: name, configuration: configuration, database: database)
    }

    func drop() async throws {
        try await database.run { [name] connection in try connection.script("DROP SCHEMA \(name) CASCADE") }
        await database.close()
    }
}
