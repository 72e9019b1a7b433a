import Foundation
import Metering
import Postgres
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct OperationTests {
    @Test func healthAndMetricsTellHowItIs() async throws {
        let home = try await Home()
        let admin = try await Home.admin()
        try await DaemonProcess.run { daemon in
            #expect(try await daemon.client.get("/health").json == ["status": "ok", "database": true, "spooled": 0])
            var board = try Board(daemon, home)
            try await board.post(times: 3)
            _ = try await daemon.client.bearing(home.token).readings("{}")
            _ = try await daemon.client.readings("{}")
            let metrics = try await daemon.client.bearing(admin).get("/metrics")
            #expect(metrics["Content-Type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            for line in [
                "wattbuddy_readings_received_total 3", "wattbuddy_readings_stored_total 1",
                "wattbuddy_requests_refused_total 1",
                "wattbuddy_requests_unknown_total 1", "wattbuddy_devices 1", "wattbuddy_database_up 1",
                "wattbuddy_spool_bytes 0",
                "# TYPE wattbuddy_readings_received_total counter",
            ] {
                #expect(metrics.text.split(separator: "\n").contains(Substring(line)), "\(line) in \(metrics.text)")
            }
        }
        try await DaemonProcess.run(settings: ["DAEMON_METRICS_OPEN": "true"]) { daemon async throws in
            #expect(try await daemon.client.get("/metrics").status == 200)
        }
    }

    @Test func stoppedUnderLoadItLosesNothingThatItAcknowledged() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let client = try daemon.client.bearing(home.token)
            let acknowledged = try await withThrowingTaskGroup(of: [Int].self) { group in
                for lane in 0..<4 {
                    group.addTask { await Self.post(lane, by: client) }
                }
                try await eventually("readings are stored") { try await home.stored().count > 40 }
                #expect(await daemon.stop() == 0)
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(acknowledged.count > 40)
            let stored = Set(try await home.stored().map(\.register.milliwattHours))
            let lost = acknowledged.filter { !stored.contains(Int64($0)) }
            #expect(lost.isEmpty, "acknowledged and not stored")
        }
    }

    /// Posts readings that are each worth a row until the door is closed.
    ///
    /// - Returns: the registers that were acknowledged.
    private static func post(_ lane: Int, by client: HTTPClient) async -> [Int] {
        var acknowledged: [Int] = []
        for number in 0..<100_000 {
            let count = number * 4 + lane + 1
            let body = #"{"at":\#(1_780_000_000 + count * 60),"register_mwh":\#(count * 1000)}"#
            do {
                guard try await client.readings(body).status == 200 else { break }
            } catch { break }  // Whoever stops closes the door.
            acknowledged.append(count * 1000)
        }
        return acknowledged
    }

    @Test func theCertificateIsReadAnewWithoutARestart() async throws {
        let home = try await Home()
        let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
        defer {
            folder.remove()
            other.remove()
        }
        let (first, second) = (try ServerCertificate(in: folder), try ServerCertificate(in: other))
        let old = folder.path + "/old.pem"
        try FileManager.default.copyItem(atPath: first.certificate, toPath: old)
        let arguments = ["--tls-cert", first.certificate, "--tls-key", first.key]
        try await DaemonProcess.run(arguments, expecting: "the old one stays") { daemon in
            let before = try HTTPClient(port: daemon.port, trusting: old)
            let after = try HTTPClient(port: daemon.port, trusting: second.certificate)
            #expect(try await before.bearing(home.token).readings(#"{"energy":1}"#).json["stored"] == 1)
            await #expect(throws: (any Error).self) { try await after.get("/health") }
            let login = try await before.post("/v1/login", #"{"email":"asha","password":"password of asha"}"#)
            #expect(login["Set-Cookie"]?.hasSuffix("; Secure") == true)
            for (new, place) in [(second.certificate, first.certificate), (second.key, first.key)] {
                try Data(contentsOf: URL(filePath: new)).write(to: URL(filePath: place), options: .atomic)
            }
            daemon.signal(SIGHUP)
            try await eventually("the new certificate is shown") {
                do { return try await after.get("/health").status == 200 } catch { return false }
            }
            await #expect(throws: (any Error).self) { try await before.get("/health") }
            // Half a certificate is told, and the old one stays.
            try Data("nonsense".utf8).write(to: URL(filePath: first.certificate), options: .atomic)
            daemon.signal(SIGHUP)
            try await eventually("it is told") { try daemon.log.contains("the old one stays") }
            #expect(try await after.get("/health").status == 200)
            try Data(contentsOf: URL(filePath: second.certificate)).write(to: URL(filePath: first.certificate))
        }
    }

    private func run(_ arguments: [String], settings: [String: String] = [:]) throws -> Program.Ending {
        let place = try TemporaryFolder()
        defer { place.remove() }
        return try Program.run(
            Program.products.appending(path: "wattbuddyd"), arguments,
            environment: DaemonProcess.environment(settings, try Database.scratchConfiguration, in: place))
    }

    @Test(arguments: [
        ["--port", "70000"], ["--port", "x"], ["--tls-cert", "only.pem"], ["--nonsense"], ["stray"],
        ["--tls-cert", "/nowhere.pem", "--tls-key", "/nowhere.key"],
    ])
    func wrongArgumentsEndWith64(arguments: [String]) throws {
        let ended = try run(arguments)
        #expect(ended.status == 64 && ended.output.isEmpty && !ended.errors.isEmpty, "\(ended)")
    }

    @Test(arguments: [
        ("ALERTS_SPIKE_RULE", "sometimes"), ("ALERTS_SPIKE_FACTOR", "0.5"), ("ALERTS_SPIKE_FACTOR", "two"),
        ("ALERTS_SPIKE_WATTS", "-1"),
    ])
    func aSettingThatCannotBeEndsWith64AndIsNamed(key: String, value: String) throws {
        let ended = try run([], settings: [key: value])
        #expect(ended.status == 64 && ended.errors.contains("WATTBUDDY_\(key) is '\(value)'"), "\(ended)")
    }

    @Test func whatIsInUseEndsWith75() async throws {
        try await DaemonProcess.run { daemon in
            let port = try run(["--port", "\(daemon.port)"])
            #expect(port.status == 75, "\(port)")
            let spool = try run(["--port", "0"], settings: ["DAEMON_SPOOL": daemon.spool.path(percentEncoded: false)])
            #expect(spool.status == 75, "\(spool)")
        }
    }

    @Test func systemdIsToldThatItIsReady() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let socket = folder.path + "/notify"
        let script = """
            import socket, sys
            inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            inbox.bind(sys.argv[1])
            print("ready 1", flush=True)
            print(inbox.recv(100).decode(), flush=True)
            """
        let systemd = try Server("/usr/bin/python3", ["-c", script, socket], ready: "ready ")
        defer { systemd.stop() }
        try await DaemonProcess.run(others: ["NOTIFY_SOCKET": socket]) { _ async throws in
            #expect(try systemd.nextLine() == "READY=1")
        }
    }

    @Test func nobodyBeyondThisMachineIsListenedTo() async throws {
        try await DaemonProcess.run { daemon in
            let port = String(daemon.port, radix: 16, uppercase: true)
            let padded = String(repeating: "0", count: max(0, 4 - port.count)) + port
            var addresses: [Substring] = []
            for table in ["tcp", "tcp6"] where FileManager.default.fileExists(atPath: "/proc/net/\(table)") {
                let text = try String(contentsOfFile: "/proc/net/\(table)", encoding: .utf8)
                let columns = text.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
                // State 0A is listening.
                addresses += columns.filter { $0[3] == "0A" && $0[1].hasSuffix(":" + padded) }.map { $0[1] }
            }
            #expect(addresses == ["0100007F:\(padded)"])
        }
    }
}
