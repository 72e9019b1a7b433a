package import Foundation

/// A real browser, headless Chromium, spoken to by the W3C WebDriver protocol through Debian's chromedriver.
package final class Browser: Sendable {
    private let driver: Server
    let session: String

    /// - Parameters:
    ///   - width: of the window, in CSS pixels; 390 is a phone's.
    ///   - scheme: `light` or `dark`.
    package init(width: Int, height: Int, scheme: String = "light") throws {
        driver = try Server("/usr/bin/chromedriver", ["--port=0"], ready: "started successfully on port ")
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--window-size=\(max(width, 500)),\(height)",
            "--blink-settings=preferredColorScheme=\(scheme == "dark" ? 0 : 1)",
        ]
        let chrome: [String: Any] = [
            "args": arguments,
            "mobileEmulation": [
                "deviceMetrics": ["width": width, "height": height, "pixelRatio": 1.0, "touch": false]
            ],
        ]
        let wanted: [String: Any] = [
            "goog:loggingPrefs": ["browser": "ALL"], "goog:chromeOptions": chrome, "pageLoadStrategy": "normal",
            "timeouts": ["script": Self.patience],
        ]
        let answer = try Self.post(
            "http://127.0.0.1:\(driver.port)/session", ["capabilities": ["alwaysMatch": wanted]])
        guard let made = answer as? [String: Any], let id = made["sessionId"] as? String else {
            throw ServerError(message: "the browser did not start: \(answer)")
        }
        session = "http://127.0.0.1:\(driver.port)/session/\(id)"
    }

    /// Milliseconds after which what a page is waited for is said never to come.
    private static let patience = 90_000

    /// Opens a page and returns when it is loaded with its pictures.
    package func open(_ url: URL) throws {
        _ = try Self.post(session + "/url", ["url": url.absoluteString])
    }

    /// What a JavaScript function's body returns, as text.
    package func evaluate(_ script: String) throws -> String {
        let value = try Self.post(session + "/execute/sync", ["script": script, "args": [String]()])
        return "\(value)"
    }

    /// What the console said since the last call: missing files and errors among it.
    package func console() throws -> [String] {
        let entries = try Self.post(session + "/se/log", ["type": "browser"]) as? [[String: Any]] ?? []
        return entries.compactMap { $0["message"] as? String }
    }

    /// The whole page as a PNG.
    package func screenshot() throws -> Data {
        let height = Int(try evaluate("return document.documentElement.scrollHeight")) ?? 2000
        let width = Int(try evaluate("return window.innerWidth")) ?? 1280
        let metrics: [String: Any] = ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false]
        _ = try Self.post(
            session + "/goog/cdp/execute", ["cmd": "Emulation.setDeviceMetricsOverride", "params": metrics])
        let answer = try Self.post(
            session + "/goog/cdp/execute",
            ["cmd": "Page.captureScreenshot", "params": ["captureBeyondViewport": true, "format": "png"]])
        guard let shot = answer as? [String: Any], let text = shot["data"] as? String,
            let png = Data(base64Encoded: text)
        else { throw ServerError(message: "the browser made no picture") }
        return png
    }

    package func close() throws {
        _ = try Self.send(session, method: "DELETE", body: nil)
        driver.stop()
    }

    static func post(_ address: String, _ body: [String: Any]) throws -> Any {
        try send(address, method: "POST", body: try JSONSerialization.data(withJSONObject: body))
    }

    /// By curl: the system's URL loading does not understand the driver's headers, which have no blank after the colon.
    private static func send(_ address: String, method: String, body: Data?) throws -> Any {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var arguments = ["--silent", "--show-error", "--request", method, address]
        if let body {
            try body.write(to: folder.url.appending(path: "body"))
            arguments += ["--header", "Content-Type: application/json", "--data-binary", "@\(folder.path)/body"]
        }
        let run = try Program.run(URL(filePath: "/usr/bin/curl"), arguments)
        guard run.status == 0 else { throw ServerError(message: run.errors) }
        let answer = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        guard let value = answer?["value"] else {
            throw ServerError(message: "the browser said \(run.output.prefix(500))")
        }
        if let fault = value as? [String: Any], let name = fault["error"] {
            throw ServerError(message: "the browser refused \(address): \(name): \(fault["message"] ?? "")")
        }
        return value
    }
}
