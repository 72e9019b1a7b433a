import ArgumentParser
package import Channels
package import Configuration
import Foundation
package import Postgres
package import Transfer

/// What the environment and `wattbuddy.yaml` say; the environment wins.
package struct Settings: Sendable {
    /// For a module that reads keys of its own, scoped to its name.
    package let config: ConfigReader

    /// Reads `WATTBUDDY_…` and the file that `WATTBUDDY_CONFIG` names, else `wattbuddy.yaml` here, if there is one.
    package static func load() async throws -> Settings {
        let environment = EnvironmentVariablesProvider(
            secretsSpecifier: .dynamic { key, _ in
                key.hasSuffix("PASSWORD") || key.hasSuffix("URL") || key.hasSuffix("TOKEN")
            })
        let prefixed = environment.prefixKeys(with: "wattbuddy")
        let named = ConfigReader(provider: prefixed).string(forKey: "config")
        let place = InMemoryProvider(values: [
            "filePath": ConfigValue(stringLiteral: named ?? "wattbuddy.yaml"),
            "allowMissing": ConfigValue(booleanLiteral: named == nil),
        ])
        let file = try await FileProvider<YAMLSnapshot>(config: ConfigReader(provider: place))
        return Settings(config: ConfigReader(providers: [prefixed, file]))
    }

    /// `output`: the folder of the published pages.
    package var output: String { config.string(forKey: "output", default: "Output") }

    /// `templates`: the folder of the Mustache files.
    package var templates: String { config.string(forKey: "templates", default: "Templates") }

    /// `database.url` (secret) and `database.schema`: nil for the private cluster.
    package var database: Database.Configuration? {
        config.string(forKey: "database.url", isSecret: true).map {
            Database.Configuration(conninfo: $0, schema: config.string(forKey: "database.schema"))
        }
    }

    /// `cluster`: the folder of the private cluster.
    package var clusterDirectory: String {
        let path = config.string(forKey: "cluster", default: ".wattbuddy/cluster")
        return URL(filePath: path).standardizedFileURL.path(percentEncoded: false).trimmingSuffix("/")
    }

    /// `ingest.token` (secret): what `simulate --post` shows to the daemon.
    package var ingestToken: String? { config.string(forKey: "ingest.token", isSecret: true) }

    /// `new.password` (secret): what `user add` and `user password` set, where nobody can be asked.
    package var newPassword: String? { config.string(forKey: "new.password", isSecret: true) }

    /// What sends alerts: by the mail server, where one is set; with `url`, the address under which people reach the daemon;
    /// with `ntfy.token` and `webhook.token` (secret) for the web.
    ///
    /// - Throws: an error that names the setting that cannot be.
    package func courier() throws -> Courier {
        Courier(
            mail: try mailFrom.map { (server: try mailServer(), from: try checkedAddress($0)) },
            liveAddress: try liveAddress(),
            ntfyToken: config.string(forKey: "ntfy.token", isSecret: true),
            webhookToken: config.string(forKey: "webhook.token", isSecret: true))
    }

    private func checkedAddress(_ from: String) throws -> String {
        guard Letter.isAddress(from) else {
            throw ValidationError("WATTBUDDY_MAIL_FROM: '\(from)' is not a mail address")
        }
        return from
    }

    private func liveAddress() throws -> String? {
        guard let text = config.string(forKey: "url") else { return nil }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host != nil, url.query == nil
        else {
            throw ValidationError("WATTBUDDY_URL: '\(text)' is not an address like https://power.example.org")
        }
        return url.appending(path: "live.html").absoluteString
    }

    /// `mail.from`: the sender's address.
    package var mailFrom: String? { config.string(forKey: "mail.from") }

    /// `mail.host`, `mail.port` (587, or 465 for TLS from the start), `mail.security` (starttls, tls, none),
    /// `mail.username`, `mail.password` (secret), `mail.authorities` (a file of certificates).
    package func mailServer() throws -> SMTPServer {
        let mail = config.scoped(to: "mail")
        guard let host = mail.string(forKey: "host") else {
            throw ValidationError("no mail server is set: WATTBUDDY_MAIL_HOST")
        }
        let word = mail.string(forKey: "security", default: SMTPServer.Security.startTLS.rawValue)
        guard let security = SMTPServer.Security(rawValue: word) else {
            throw ValidationError("WATTBUDDY_MAIL_SECURITY is '\(word)'; it may be starttls, tls or none")
        }
        let login = mail.string(forKey: "username").map { name in
            (name: name, password: mail.string(forKey: "password", isSecret: true, default: ""))
        }
        return try SMTPServer(
            host: host, port: mail.int(forKey: "port", default: security == .tls ? 465 : 587), security: security,
            login: login, authorities: mail.string(forKey: "authorities"))
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
