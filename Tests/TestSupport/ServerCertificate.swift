import Foundation

/// A certificate for `localhost` and `127.0.0.1` with its key, as PEM files in a folder of the caller's.
package struct ServerCertificate: Sendable {
    /// Who signed it.
    package enum Signer: Sendable {
        case itself
        /// The one that the devices' firmware trusts. It is made with the firmware, so that is built first.
        case authorityOfDevices
    }

    /// The path of the certificate; of one that signed itself, also what a client must trust.
    package let certificate: String
    package let key: String

    package init(signedBy signer: Signer = .itself, in folder: TemporaryFolder) throws {
        certificate = folder.path + "/certificate.pem"
        key = folder.path + "/key.pem"
        var arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ]
        if case .authorityOfDevices = signer {
            _ = try Firmware.program.get()
            let authority = Firmware.folder.appending(path: "authority").path(percentEncoded: false)
            arguments += ["-CA", authority + ".pem", "-CAkey", authority + ".key"]
        }
        let made = try Program.run(URL(filePath: "/usr/bin/openssl"), arguments)
        guard made.status == 0 else { throw ServerError(message: made.errors) }
    }
}
