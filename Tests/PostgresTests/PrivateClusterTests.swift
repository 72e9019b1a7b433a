import Foundation
import Postgres
import TestSupport
import Testing

struct PrivateClusterTests {
    @Test func aClusterIsMadeOnceServesManyAndSurvivesACrash() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wattbuddy-cluster-\(UUID().uuidString)")
        let cluster = try PrivateCluster(directory: folder.path(percentEncoded: false))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { try cluster.ensureRunning() } }
            try await group.waitForAll()
        }
        try cluster.ensureDatabase("it's \"mine\"")
        try cluster.ensureDatabase("it's \"mine\"")
        let configuration = cluster.configuration(database: "it's \"mine\"")
        try await Database(configuration).run { connection in
            try connection.script("CREATE TABLE kept (number bigint)")
            try connection.execute("INSERT INTO kept VALUES (42)")
        }
        try kill(postmasterOf: cluster)
        #expect(!cluster.isRunning)
        try cluster.ensureRunning()
        let kept = try await Database(configuration).run { connection in
            try connection.first("SELECT number FROM kept", { (number: Int) in number })
        }
        #expect(kept == 42)
        try cluster.stop()
        #expect(!cluster.isRunning)
        try cluster.stop()
        try FileManager.default.removeItem(atPath: cluster.directory)
    }

    /// As a machine that loses its power does: no word to the server.
    private func kill(postmasterOf cluster: PrivateCluster) throws {
        let text = try String(contentsOfFile: cluster.directory + "/data/postmaster.pid", encoding: .utf8)
        let number = try #require(Int32(text.prefix { $0.isNumber }))
        #expect(Foundation.kill(number, SIGKILL) == 0)
        while cluster.isRunning { sched_yield() }
    }
}
