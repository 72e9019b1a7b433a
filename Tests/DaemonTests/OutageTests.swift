import Foundation
import Metering
import Postgres
import Store
import TestSupport
import Testing

/// A PostgreSQL of the test's own, which goes away and comes back.
@Suite(.serialized)
struct OutageTests {
    /// Lends a cluster with a household in it.
    private func withCluster(_ body: (PrivateCluster, Database.Configuration, Home) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wattbuddy-outage-\(UUID().uuidString)")
        let cluster = try PrivateCluster(directory: folder.path(percentEncoded: false))
        try cluster.ensureRunning()
        try cluster.ensureDatabase("wattbuddy")
        do {
            let configuration = cluster.configuration(database: "wattbuddy")
            let database = Database(configuration)
            try await database.run { connection in _ = try Schema.migrate(connection) }
            let home = try await Home(in: database)
            await database.close()
            try await body(cluster, configuration, home)
        } catch {
            try remove(cluster)
            throw error
        }
        try remove(cluster)
    }

    private func remove(_ cluster: PrivateCluster) throws {
        try cluster.stop()
        try FileManager.default.removeItem(atPath: cluster.directory)
    }

    /// Posts readings that are each worth a row, a second apart.
    ///
    /// - Returns: the registers that were acknowledged; it ends at the first refusal.
    private func post(_ numbers: Range<Int>, to daemon: DaemonProcess, _ home: Home) async throws -> (
        acknowledged: [Energy], refusal: HTTPAnswer?
    ) {
        var acknowledged: [Energy] = []
        for number in numbers {
            let answer = try await daemon.client.bearing(home.token).readings(
                #"{"at":\#(1_780_000_000 + number),"register_mwh":\#(number * 1000),"boot_id":1,"seq":\#(number)}"#)
            guard answer.status == 200 else { return (acknowledged, answer) }
            #expect(answer.json["stored"] == 1)
            acknowledged.append(Energy(milliwattHours: Int64(number) * 1000))
        }
        return (acknowledged, nil)
    }

    private func status(_ daemon: DaemonProcess) async throws -> (status: Int, text: String?, json: JSON) {
        let answer = try await daemon.client.get("/health")
        return (answer.status, answer.json["status"].text, answer.json)
    }

    @Test func whatIsAcknowledgedWhileTheDatabaseIsAwayIsThereOnceAfterwards() async throws {
        try await withCluster { cluster, configuration, home in
            try await DaemonProcess.run(database: configuration) { daemon in
                var all = try await post(0..<5, to: daemon, home).acknowledged
                #expect(try await status(daemon).text == "ok")
                try cluster.stop()
                all += try await post(5..<30, to: daemon, home).acknowledged
                let away = try await status(daemon)
                #expect(away.status == 200 && away.text == "degraded" && away.json["database"] == false)
                #expect(away.json["spooled"].integer ?? 0 > 0)
                // Who was not known before cannot be let in now, and is told when to come again.
                let login = try await daemon.client.post(
                    "/v1/login", #"{"email":"asha","password":"password of asha"}"#)
                #expect(login.status == 503 && login["Retry-After"] != nil && login.json["code"] == "no_database")
                daemon.kill9()
                try daemon.start()
                // The devices are known from the run before.
                all += try await post(30..<35, to: daemon, home).acknowledged
                #expect(try await status(daemon).json["database"] == false)
                try cluster.ensureRunning()
                try await eventually("the spool is replayed") { try await status(daemon).text == "ok" }
                try await eventually("devices are known again") {
                    try await daemon.client.bearing(home.session).get("/v1/devices").json["devices"].list.count == 1
                }
                all += try await post(35..<40, to: daemon, home).acknowledged
                #expect(all.count == 40)
                #expect(try await home.stored(in: Database(configuration)).map(\.register) == all)
            }
        }
    }

    @Test func aFullSpoolRefusesAndLosesNothing() async throws {
        try await withCluster { cluster, configuration, home in
            try await DaemonProcess.run(
                settings: ["DAEMON_SPOOL_LIMIT": "8192"], database: configuration
            ) { daemon in
                var all = try await post(0..<2, to: daemon, home).acknowledged
                try cluster.stop()
                let (taken, refusal) = try await post(2..<1000, to: daemon, home)
                all += taken
                #expect(taken.count > 10)
                let full = try #require(refusal)
                #expect(full.status == 503 && full.json["code"] == "full", "\(full)")
                #expect(full["Retry-After"].flatMap { Int($0) } ?? 0 > 0)
                #expect(try await status(daemon).status == 503)
                // Nothing is switched by an answer that is an error.
                #expect(full.json["relays"].isNull)
                daemon.kill9()
                try daemon.start()
                try cluster.ensureRunning()
                try await eventually("the spool is replayed") { try await status(daemon).text == "ok" }
                let next = all.count
                try await eventually("devices are known again") {
                    try await daemon.client.bearing(home.session).get("/v1/devices").json["devices"].list.count == 1
                }
                all += try await post(next..<next + 3, to: daemon, home).acknowledged
                #expect(try await home.stored(in: Database(configuration)).map(\.register) == all)
                #expect(await daemon.stop() == 0)
            }
        }
    }
}
