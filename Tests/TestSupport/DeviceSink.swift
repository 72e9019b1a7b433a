import Foundation

/// A server of the test's own that devices post to: it keeps each request as it was on the wire, and answers what it is told to.
package struct DeviceSink: Sendable {
    package enum Event: Sendable {
        case request(DeviceRequest)
        /// TLS did not come about, or nothing came of it, and how the server saw it.
        case refused(String)
    }

    private let folder: TemporaryFolder
    private let server: Server
    private let scheme: String
    private let waiting = DispatchQueue(label: "DeviceSink")

    /// - Parameter signer: of the certificate; nil is plain http.
    package init(certificateSignedBy signer: ServerCertificate.Signer? = nil) throws {
        folder = try TemporaryFolder()
        scheme = signer == nil ? "http" : "https"
        let script = repository.appending(path: "Tests/TestSupport/device_sink.py").path(percentEncoded: false)
        var arguments = [script, folder.path]
        if let signer {
            let certificate = try ServerCertificate(signedBy: signer, in: folder)
            arguments += [certificate.certificate, certificate.key]
        }
        try Self.write(200, #"{"success":true}"#, in: folder)
        server = try Server("/usr/bin/python3", arguments, ready: "ready ")
    }

    package var url: String { "\(scheme)://localhost:\(server.port)/api/esp32/data" }

    /// What is answered from now on. A request on its way may still get the answer before.
    package func answer(_ status: Int, _ body: String) throws {
        try Self.write(status, body, in: folder)
    }

    private static func write(_ status: Int, _ body: String, in folder: TemporaryFolder) throws {
        try Data("\(status)\n\(body)".utf8).write(to: folder.url.appending(path: "answer"), options: .atomic)
    }

    /// Waits for what happens next; each thing is told once, in its order. Throws when a minute goes by without anything.
    package func next() async throws -> Event {
        let line = try await withCheckedThrowingContinuation { continuation in
            waiting.async { continuation.resume(with: Swift.Result { try server.nextLine() }) }
        }
        if let reason = line.dropping("refused ") { return .refused(reason) }
        guard let number = line.dropping("request ") else { throw ServerError(message: "the sink said \(line)") }
        return .request(try DeviceRequest(folder.text("\(number).request")))
    }

    /// The next request.
    package func request() async throws -> DeviceRequest {
        switch try await next() {
        case .request(let request): return request
        case .refused(let reason): throw ServerError(message: "TLS was refused: \(reason)")
        }
    }

    /// The next reading that is as told. Throws when thirty others came.
    package func reading(where isWanted: (DeviceReading) throws -> Bool) async throws -> DeviceReading {
        var last: DeviceReading?
        for _ in 0..<30 {
            let reading = try await request().reading
            if try isWanted(reading) { return reading }
            last = reading
        }
        throw ServerError(message: "no such reading came; the last was \(String(describing: last))")
    }

    package func stop() {
        server.stop()
        folder.remove()
    }
}

extension String {
    /// What is behind `prefix`; nil when it does not begin so.
    fileprivate func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
