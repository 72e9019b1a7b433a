package import Control
package import Foundation
import Notices
package import Transfer

/// Sends messages of alerts by mail, to web addresses, and to servers of ntfy.
package struct Courier: Sendable {
    private let mail: (server: SMTPServer, from: String)?
    private let liveAddress: String?
    private let ntfyToken: String?
    private let webhookToken: String?

    /// Seconds for a message that goes by the web.
    private static let patience = 10

    /// - Parameters:
    ///   - mail: nil where no mail server is set: then mails are refused.
    ///   - liveAddress: of the live page, as people reach it; nil where it is not known.
    ///   - ntfyToken: shown to servers of ntfy, and `webhookToken` to the others, as a bearer token.
    package init(
        mail: (server: SMTPServer, from: String)?, liveAddress: String?, ntfyToken: String?, webhookToken: String?
    ) {
        self.mail = mail
        self.liveAddress = liveAddress
        self.ntfyToken = ntfyToken
        self.webhookToken = webhookToken
    }

    /// Sends one message and returns when it was taken; blocks its thread meanwhile.
    ///
    /// - Parameters:
    ///   - number: of the message: a mail with the same number is the same mail.
    ///   - now: the date of a mail.
    /// - Throws: ``TransferError``; its kind says whether a later try makes sense.
    package func send(_ message: AlertMessage, number: Int64, to channel: AlertChannel, at now: Date) throws {
        switch channel.kind {
        case .mail: try sendMail(message, number: number, to: channel.target, at: now)
        case .webhook:
            let body = WebhookBody(message, link: liveAddress)
            try post(body, to: channel.target, token: webhookToken)
        case .ntfy:
            let place = try NtfyPlace(channel.target)
            try post(NtfyBody(message, topic: place.topic, link: liveAddress), to: place.server, token: ntfyToken)
        }
    }

    private func post(_ body: some Encodable, to url: String, token: String?) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try HTTPPost(url: url, token: token, timeout: Self.patience)
            .post(try encoder.encode(body), contentType: "application/json")
    }

    private func sendMail(_ message: AlertMessage, number: Int64, to recipient: String, at now: Date) throws {
        guard let mail else {
            throw TransferError(.badLetter, "no mail server is set: WATTBUDDY_MAIL_HOST and WATTBUDDY_MAIL_FROM")
        }
        let host = mail.from.split(separator: "@").last.map(String.init) ?? "localhost"
        let letter = try Letter(
            from: mail.from, to: recipient, subject: Self.line(message.title), plainText: plainText(of: message),
            html: html(of: message), picture: nil, messageID: "alert.\(number)@\(host)", date: now)
        try mail.server.send(letter)
    }

    /// A name may hold anything; a subject is one line.
    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
    }

    private func plainText(of message: AlertMessage) -> String {
        "\(message.text)\n" + (liveAddress.map { "\n\(NoticePhrase.openLivePage.text()): \($0)\n" } ?? "")
    }

    private func html(of message: AlertMessage) -> String {
        let link = liveAddress.map {
            "<p><a href=\"\(Self.escaped($0))\">\(Self.escaped(NoticePhrase.openLivePage.text()))</a></p>"
        }
        return
            "<!doctype html><html lang=\"en\"><body><p>\(Self.escaped(message.text))</p>\(link ?? "")</body></html>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
