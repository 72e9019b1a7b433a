import Foundation
import Postgres
import TestSupport
import Testing

/// The published pages in a real browser, with the real daemon and a real device.
@Suite(
    .scratchDatabase, .serialized,
    .enabled(if: Firmware.isBuildable, "ESPHome is not in .wattbuddy/esphome; .ci/prepare tests installs it"),
    .enabled(if: Browser.isThere, "there is no Chromium; .ci/prepare tests installs it"))
struct DaemonPageTests {
    private func withPages(
        width: Int, _ body: (DaemonUnderTest, HomeUnderTest, Browser) async throws -> Void
    ) async throws {
        let daemon = try DaemonUnderTest(on: try Database.scratchConfiguration)
        defer { daemon.stop() }
        let home = try HomeUnderTest("asha", on: daemon)
        try daemon.wattbuddy("publish")
        try daemon.start()
        let browser = try Browser(width: width, height: width < 500 ? 844 : 900)
        do { try await body(daemon, home, browser) } catch {
            Issue.record(error, "the page says: \(try browser.text()); the daemon: \(try daemon.log)")
        }
        try browser.close()
    }

    /// A picture is kept in `.screenshots/`.
    private func check(_ browser: Browser, _ name: String) throws {
        #expect(try browser.console() == [], "\(name): the console")
        let shots = repository.appending(path: ".screenshots")
        try FileManager.default.createDirectory(at: shots, withIntermediateDirectories: true)
        try browser.screenshot().write(to: shots.appending(path: "\(name).png"))
    }

    /// Twelve minutes in which 345 W flowed through socket 1: what the daemon has to know before a spike is one.
    private func sendWhatWasUsual(of home: HomeUnderTest, to daemon: DaemonUnderTest) throws {
        let now = Int(Date().timeIntervalSince1970 * 1000)
        let lines = (1...70).map { number in
            #"{"at":\#(now - (71 - number) * 10_000),"voltage":230,"current":1.5,"power":345,"#
                + #""register_mwh":\#(number * 958),"relay1":1,"relay2":0}"#
        }
        let sent = try daemon.ask("/v1/readings", posting: "[\(lines.joined(separator: ","))]", as: home.deviceToken)
        try #require(sent.status == 200, "\(sent)")
    }

    @Test(arguments: [390, 1280])
    func aSpikeIsSeenOnTheLivePageAndTurnedOffThere(width: Int) async throws {
        try await withPages(width: width) { daemon, home, browser in
            try sendWhatWasUsual(of: home, to: daemon)
            let device = try home.firmware(at: daemon.url(""))
            defer { device.stop() }
            try device.start()
            try browser.logIn(home, to: daemon, for: "live.html")
            let socket = "document.querySelector('.socket').innerText"
            try browser.wait(until: "document.querySelector('.voltage').innerText.replace('\u{A0}', ' ') === '230.0 V'")
            try browser.wait(until: "document.querySelector('.socket button').textContent === 'Turn on'")
            try browser.press(".socket button")
            try browser.wait(until: "\(socket).includes('rose to 345')")
            try browser.wait(until: "document.querySelector('.power').innerText.includes('345')")
            try browser.wait(until: "document.querySelector('.cost').innerText.startsWith('₹')")
            let text = try browser.text().replacing("\u{A0}", with: " ")
            for shown in ["230.0 V", "1.50 A", "345 W", "kWh", "₹"] { #expect(text.contains(shown), "\(text)") }
            try check(browser, "daemon-live-\(width)")
            try device.set(Firmware.Load(socket1: 8))
            try browser.wait(until: "document.querySelector('#warning').open")
            let asked = try browser.evaluate("return document.querySelector('#warning').innerText")
            #expect(asked.contains("1,840 W, far more than its usual"))
            try check(browser, "daemon-alert-\(width)")
            try browser.press("#warning button")
            try browser.wait(until: "!document.querySelector('#warning').open")
            try browser.wait(until: "\(socket).replaceAll('\u{A0}', ' ').includes('1,840 W fell to 0 W')")
            try browser.wait(until: "document.querySelector('#alerts').hidden")
            try check(browser, "daemon-off-\(width)")
            device.cutPower()
            try browser.wait(until: "document.querySelector('.device').classList.contains('silent')")
            try check(browser, "daemon-silent-\(width)")
        }
    }

    private struct Announced: Decodable {
        let state: String
        let claim_code: String
    }

    @Test func aDeviceThatAnnouncedItselfIsClaimedByItsCode() async throws {
        try await withPages(width: 390) { daemon, home, browser in
            let token = "wbd_" + String(repeating: "A", count: 43)
            let announced = try daemon.ask("/v1/devices/announce", posting: #"{"name":"Shed"}"#, as: token)
                .decoded(as: Announced.self)
            #expect(announced.state == "unclaimed")
            let device = try Firmware(posting: daemon.url("/api/esp32/data"), token: token)
            defer { device.stop() }
            try device.start()
            try browser.logIn(home, to: daemon, for: "devices.html")
            try browser.wait(until: "document.querySelectorAll('#devices h2').length === 1")
            try browser.type(announced.claim_code.lowercased().replacing("-", with: " "), into: "#code")
            try browser.press("#claim button")
            try browser.wait(until: "document.querySelector('#told').textContent.includes('is yours now')")
            try browser.wait(until: "document.querySelector('#devices').innerText.includes('Shed')")
            try check(browser, "daemon-devices")
            try browser.open(try #require(URL(string: daemon.url("/live.html"))))
            try browser.wait(until: "document.querySelector('#devices').innerText.includes('Shed')")
            let shed = "[...document.querySelectorAll('.device')].find(e => e.innerText.includes('Shed'))"
            try browser.wait(until: "\(shed).querySelector('.voltage').innerText.startsWith('230.0')")
            #expect(try browser.console() == [])
        }
    }
}
