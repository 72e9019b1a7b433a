import Foundation
import Postgres
import TestSupport
import Testing

/// Five devices go on sending while the database is away and the daemon is killed.
@Suite(.enabled(if: Firmware.isBuildable, "ESPHome is not in .wattbuddy/esphome; .ci/prepare tests installs it"))
struct OutageTests {
    private struct Row: Equatable {
        let device: Int64
        let bootID: Int64
        let sequence: Int64
        let register: Int64
    }

    private struct Health: Decodable {
        let database: Bool
        let spooled: Int
    }

    /// Every reading of these devices is to be stored: they come each second, and half a second is the rule.
    private static let settings = ["DAEMON_WRITE_INTERVAL": "0.5"]

    @Test func whatWasAcknowledgedIsStoredOnceWhateverWasStoppedOrKilled() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let cluster = try PrivateCluster(directory: folder.path + "/cluster")
        try cluster.ensureRunning()
        defer { stop(cluster) }
        try cluster.ensureDatabase("outage")
        let database = cluster.configuration(database: "outage")
        let daemon = try DaemonUnderTest(on: database, settings: Self.settings)
        defer { daemon.stop() }
        try daemon.wattbuddy("migrate")
        let homes = try (1...5).map { try HomeUnderTest("home-\($0)", on: daemon) }
        try daemon.start()
        let proxy = try RecordingProxy(to: daemon.port)
        defer { proxy.stop() }
        let devices = try homes.map { try $0.firmware(at: proxy.url, load: Firmware.Load(uncut: 20)) }
        defer { for device in devices { device.stop() } }
        for device in devices { try device.start() }
        try await outage(of: cluster, daemon, proxy, homes.map(\.deviceToken), devices[0])
        for device in devices { device.cutPower() }
        try await waitUntilAllIsInTheDatabase(daemon)
        try check(try await rows(in: database), against: proxy.exchanges, of: homes)
    }

    /// Each device's readings are acknowledged in each state of the house.
    private func outage(
        of cluster: PrivateCluster, _ daemon: DaemonUnderTest, _ proxy: RecordingProxy, _ tokens: [String],
        _ first: Firmware
    ) async throws {
        try await proxy.wait(untilStored: 3, forEachOf: tokens)
        try cluster.stop()
        try await proxy.wait(untilStored: 3, forEachOf: tokens)
        daemon.crash()
        try daemon.start()
        // It knows its devices from the run before.
        try await proxy.wait(untilStored: 3, forEachOf: tokens)
        #expect(try daemon.ask("/health").decoded(as: Health.self).database == false)
        try cluster.ensureRunning()
        try await proxy.wait(untilStored: 3, forEachOf: tokens)
        first.cutPower()
        try first.start()
        try await proxy.wait(untilStored: 2, forEachOf: tokens)
        daemon.crash()
        try daemon.start()
        try await proxy.wait(untilStored: 3, forEachOf: tokens)
    }

    /// The spool tells nobody when it is empty: it is asked.
    private func waitUntilAllIsInTheDatabase(_ daemon: DaemonUnderTest) async throws {
        for _ in 0..<300 {
            let health = try daemon.ask("/health").decoded(as: Health.self)
            if health.database && health.spooled == 0 { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("the spool is not empty: \(try daemon.log)")
    }

    /// In the order in which the daemon placed them.
    private func rows(in configuration: Database.Configuration) async throws -> [Row] {
        let database = Database(configuration)
        let rows = try await database.run { connection in
            try connection.query(
                """
                SELECT d.device_id, r.boot_id::bigint, r.seq, r.register_mwh
                FROM reading r JOIN meter USING (meter_id) JOIN device d USING (household_id)
                ORDER BY d.device_id, r.read_at
                """
            ) { (device: Int64, boot: Int64, sequence: Int64, register: Int64) in
                Row(device: device, bootID: boot, sequence: sequence, register: register)
            }
        }
        await database.close()
        return rows
    }

    private func check(_ rows: [Row], against exchanges: [RecordingProxy.Exchange], of homes: [HomeUnderTest]) throws {
        let devices = Dictionary(uniqueKeysWithValues: homes.map { ($0.deviceToken, $0.device) })
        let safe = try exchanges.filter { $0.status == 200 && $0.stored > 0 }.map { exchange in
            Row(
                device: try #require(devices[exchange.token]), bootID: exchange.boot_id, sequence: exchange.seq,
                register: exchange.register_mwh)
        }
        #expect(safe.count >= 5 * 14)
        for reading in safe {
            #expect(rows.filter { $0 == reading }.count == 1, "\(reading) was acknowledged")
        }
        for (device, rows) in Dictionary(grouping: rows, by: \.device) {
            let runs = rows.reduce(into: [Int64]()) { runs, row in
                if runs.last != row.bootID { runs.append(row.bootID) }
            }
            #expect(runs.count == (device == homes[0].device ? 2 : 1), "one device was switched off, once")
            for run in runs {
                let ofRun = rows.filter { $0.bootID == run }
                #expect(zip(ofRun, ofRun.dropFirst()).allSatisfy { $0.sequence < $1.sequence }, "none twice, in order")
                #expect(zip(ofRun, ofRun.dropFirst()).allSatisfy { $0.register <= $1.register }, "none goes back")
            }
        }
    }

    private func stop(_ cluster: PrivateCluster) {
        do { try cluster.stop() } catch { Issue.record(error, "the cluster goes on running") }
    }
}
