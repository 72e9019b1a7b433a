import Foundation
import Postgres
import TestSupport
import Testing

/// Clients of Socket.IO as others wrote them, with the daemon and two real devices.
@Suite(
    .scratchDatabase, .serialized,
    .enabled(if: Firmware.isBuildable, "ESPHome is not in .wattbuddy/esphome; .ci/prepare tests installs it"),
    .enabled(if: SocketClients.areThere, "there are no clients in .wattbuddy/clients; .ci/prepare tests installs them"))
struct SocketClientTests {
    /// What a client saw.
    private struct Report: Decodable {
        struct Update: Decodable {
            let deviceId: Int64
            let voltage: Double
            let current: Double
            let power: Double
            let energy_consumed: Double
            let energy: Double
            let relay1: Int
            let relay2: Int
        }

        struct Refusal: Decodable, Equatable {
            struct Details: Decodable, Equatable {
                let code: String
            }

            let message: String
            let data: Details
        }

        struct Acknowledgement: Decodable {
            let success: Bool
            let state: String
        }

        let transport: String
        /// How often the page's client connected; the other one does not say.
        let connects: Int?
        let updates: [Update]
        let refused: [Refusal]
        let wrong: [Refusal]
        let answer: Acknowledgement
        let is_on: Bool

        static let refusal = Refusal(message: "Not authorized", data: Refusal.Details(code: "bad_token"))
    }

    /// Two households, each with a device that sends.
    private func withTwoHomes(_ body: (DaemonUnderTest, [HomeUnderTest]) async throws -> Void) async throws {
        let daemon = try DaemonUnderTest(on: try Database.scratchConfiguration)
        defer { daemon.stop() }
        let homes = try ["asha", "ravi"].map { try HomeUnderTest($0, on: daemon) }
        try daemon.start()
        let devices = try homes.map { try $0.firmware(at: daemon.url("")) }
        defer { for device in devices { device.stop() } }
        for device in devices { try device.start() }
        for home in homes {
            let events = try EventStream(of: daemon, as: try home.logIn(to: daemon))
            defer { events.stop() }
            try await events.live("a reading of \(home.slug)") { $0.energy_kwh != nil }
        }
        try await body(daemon, homes)
    }

    private func check(_ report: Report, of home: HomeUnderTest, by transport: String) {
        #expect(report.transport == transport)
        #expect(report.wrong == [Report.refusal])
        #expect(report.answer.success && report.answer.state == "queued")
        #expect(report.is_on, "the relay obeyed")
        #expect(report.updates.count >= 2)
        for update in report.updates {
            #expect(update.deviceId == home.device, "others' devices are not heard of")
            #expect(update.voltage == 230 && update.energy == update.energy_consumed)
            #expect(update.relay2 == 0)
        }
        #expect(report.updates.last?.relay1 == 1)
    }

    @Test(arguments: [("polling", "polling"), ("websocket", "websocket"), ("polling,websocket", "websocket")])
    func pythonHearsItsOwnHouseholdAndSwitches(_ transports: String, _ transport: String) async throws {
        try await withTwoHomes { daemon, homes in
            for home in homes {
                let run = try Program.run(
                    SocketClients.python,
                    [
                        repository.appending(path: "Tests/ProgramTests/Daemon/socket_client.py").path(), daemon.url(""),
                        try home.logIn(to: daemon), "\(home.device)", transports,
                    ])
                try #require(run.status == 0, "\(run.errors)")
                let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
                #expect(report.refused == [Report.refusal], "without a token")
                check(report, of: home, by: transport)
            }
        }
    }

    /// The page is served by the daemon itself, behind its login: the session of the page lets its script in.
    @Test(.enabled(if: Browser.isThere, "there is no Chromium; .ci/prepare tests installs it"))
    func aPageHearsItsOwnHouseholdAndSwitches() async throws {
        try await withTwoHomes { daemon, homes in
            try daemon.wattbuddy("publish")
            let pages = daemon.folder.url.appending(path: "Output/households/asha")
            try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: SocketClients.bundle, to: pages.appending(path: "socket.io.min.js"))
            try Data(Self.script(homes[0].device).utf8).write(to: pages.appending(path: "client.js"))
            let page =
                #"<!doctype html><link rel="icon" href="/favicon.svg"><script src="socket.io.min.js"></script><script src="client.js" defer></script><pre></pre>"#
            try Data(page.utf8).write(to: pages.appending(path: "client.html"))
            let browser = try Browser(width: 390, height: 844)
            let seen = Result {
                try browser.logIn(homes[0], to: daemon, for: "households/asha/client.html")
                try browser.wait(until: "document.querySelector('pre').textContent.length > 0")
                return (try browser.evaluate("return document.querySelector('pre').textContent"), try browser.console())
            }
            try browser.close()
            let (text, console) = try seen.get()
            #expect(console.filter { !Self.isOfLeaving($0) } == [])
            let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
            #expect(report.refused == [], "the page's session lets it in")
            #expect(report.connects == 1, "nothing broke in between")
            check(report, of: homes[0], by: "websocket")
        }
    }

    /// A client that leaves while it still tries a better transport, or whose last poll comes after its word that it leaves, is
    /// told so by an answer that the browser calls a fault. The protocol asks for it.
    private static func isOfLeaving(_ line: String) -> Bool {
        line.contains("closed before the connection is established")
            || line.contains("transport=polling") && line.contains("400")
    }

    private static func script(_ device: Int64) -> String {
        """
        const seen = { updates: [], refused: [], wrong: [], connects: 0 };
        const stranger = io({ auth: { token: "wbs_" + "0".repeat(43) }, forceNew: true, reconnection: false });
        stranger.on("connect_error", ({ message, data }) => { seen.wrong.push({ message, data }); listen(); });
        function listen() {
          const socket = io({ forceNew: true });
          socket.on("connect_error", ({ message, data }) => seen.refused.push({ message, data }));
          socket.on("connect", async () => {
            seen.connects += 1;
            seen.answer = await socket.timeout(20000).emitWithAck("relay", { device: \(device), relay: 1, on: true });
          });
          socket.on("live_data_update", (update) => {
            seen.updates.push(update);
            if (update.relay1 !== 1 || !seen.answer) return;
            seen.is_on = true;
            seen.transport = socket.io.engine.transport.name;
            socket.close();
            document.querySelector("pre").textContent = JSON.stringify(seen);
          });
        }
        """
    }
}
