package import Foundation

/// A mail server of the test's own that keeps what it is given (Debian's aiosmtpd).
package struct MailSink: Sendable {
    package enum Mode: String, Sendable {
        case startTLS = "starttls"
        case tls
        /// Neither TLS nor login.
        case plain
    }

    package static let login = (name: "user", password: "pass:wörd")

    private let folder: TemporaryFolder
    private let server: Server

    package init(_ mode: Mode) throws {
        folder = try TemporaryFolder()
        let certificate = try ServerCertificate(in: folder)
        let script = repository.appending(path: "Tests/TestSupport/mail_sink.py").path(percentEncoded: false)
        server = try Server(
            "/usr/bin/python3",
            [script, folder.path, mode.rawValue, certificate.certificate, certificate.key],
            ready: "ready ")
    }

    package var port: Int { server.port }

    /// What a client must trust.
    package var authorities: String { folder.path + "/certificate.pem" }

    /// The mails taken so far, in their order, each as it came with a line `X-Sink` before.
    package var mails: [String] {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".eml") }
            return try names.sorted { (Int($0.dropLast(4)) ?? 0) < (Int($1.dropLast(4)) ?? 0) }.map {
                try folder.text($0)
            }
        }
    }

    /// What Python's own mail parser makes of a mail: its headers, and of each part the type, the name and the content.
    package func parsed(_ number: Int) throws -> ParsedMail {
        let script = """
            import base64, email, email.policy, json, sys
            mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
            parts = [{'type': part.get_content_type(), 'id': part.get('Content-ID'),
                      'content': base64.b64encode(part.get_payload(decode=True) or b'').decode()} for part in mail.walk()]
            print(json.dumps({'headers': {name: str(value) for name, value in mail.items()}, 'parts': parts,
                              'defects': [str(defect) for part in mail.walk() for defect in part.defects]}))
            """
        let told = try Program.run(
            URL(filePath: "/usr/bin/python3"), ["-c", script, "\(folder.path)/\(number).eml"])
        guard told.status == 0 else { throw ServerError(message: told.errors) }
        return try JSONDecoder().decode(ParsedMail.self, from: Data(told.output.utf8))
    }

    package func stop() {
        server.stop()
        folder.remove()
    }
}

package struct ParsedMail: Decodable, Sendable {
    package struct Part: Decodable, Sendable {
        package let type: String
        package let id: String?
        package let content: Data
    }

    package let headers: [String: String]
    package let parts: [Part]
    package let defects: [String]

    package func text(_ type: String) -> String? {
        parts.first { $0.type == type }.map { String(decoding: $0.content, as: UTF8.self) }
    }
}
