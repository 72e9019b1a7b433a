import Foundation
import TestSupport
import Testing
import Transfer

struct SMTPServerTests {
    private func letter(
        to: String = "asha@example.org", subject: String = "Bill: ₹1,762.00 for Asha — January",
        text: String = "Hello\n.\n..dots\nlast", isIllustrated: Bool = true
    ) throws -> Letter {
        try Letter(
            from: "bills@example.org", to: to, subject: subject, plainText: text,
            html: "<p>₹ <img src=\"cid:bill@x\"></p>",
            picture: isIllustrated
                ? Letter.Picture(png: Data([0x89, 0x50, 0x4E, 0x47, 0, 1, 2]), id: "bill@x", name: "bill.png") : nil,
            messageID: "1.2@example.org", date: Date(timeIntervalSince1970: 1_767_225_600))
    }

    private func server(
        _ sink: MailSink, _ security: SMTPServer.Security, login: (name: String, password: String)? = MailSink.login,
        trusts: Bool = true
    ) throws -> SMTPServer {
        try SMTPServer(
            host: "localhost", port: sink.port, security: security, login: login,
            authorities: trusts ? sink.authorities : nil, timeout: 20)
    }

    private func kind(_ body: () throws -> Void) -> TransferError.Kind? {
        let error = #expect(throws: TransferError.self) { try body() }
        return error?.kind
    }

    @Test func aLetterWithoutAPictureIsTextAndHTML() throws {
        let sink = try MailSink(.startTLS)
        defer { sink.stop() }
        try server(sink, .startTLS).send(try letter(isIllustrated: false))
        let mail = try sink.parsed(1)
        #expect(mail.parts.map(\.type) == ["multipart/alternative", "text/plain", "text/html"])
        #expect(mail.text("text/plain")?.contains("..dots") == true && mail.defects.isEmpty)
    }

    @Test(arguments: [MailSink.Mode.startTLS, .tls])
    func aLetterArrivesWholeOverTLSWithALogin(_ mode: MailSink.Mode) throws {
        let sink = try MailSink(mode)
        defer { sink.stop() }
        try server(sink, mode == .tls ? .tls : .startTLS).send(try letter())
        let mails = try sink.mails
        #expect(mails.count == 1)
        #expect(mails[0].hasPrefix("X-Sink: tls=True login=True to=asha@example.org\r\n"))
        let mail = try sink.parsed(1)
        #expect(mail.defects == [])
        #expect(mail.headers["Subject"] == "Bill: ₹1,762.00 for Asha — January")
        #expect(mail.headers["Date"] == "Thu, 01 Jan 2026 00:00:00 +0000")
        #expect(mail.headers["Message-ID"] == "<1.2@example.org>")
        #expect(
            mail.parts.map(\.type) == [
                "multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png",
            ])
        #expect(mail.text("text/plain")?.replacing("\r\n", with: "\n") == "Hello\n.\n..dots\nlast")
        #expect(mail.parts.last?.id == "<bill@x>")
        #expect(mail.parts.last?.content == Data([0x89, 0x50, 0x4E, 0x47, 0, 1, 2]))
    }

    @Test func aServerWithoutTLSGetsNothing() throws {
        let sink = try MailSink(.plain)
        defer { sink.stop() }
        let letter = try letter()
        #expect(kind { try server(sink, .startTLS).send(letter) } == .unavailable)
        #expect(try sink.mails == [])
    }

    @Test func aServerThatOffersNoLoginGetsNothing() throws {
        let sink = try MailSink(.plain)
        defer { sink.stop() }
        let letter = try letter()
        #expect(kind { try server(sink, .none).send(letter) } == .unavailable)
        #expect(try sink.mails == [])
    }

    @Test func anUnknownCertificateIsNeverTrusted() throws {
        let sink = try MailSink(.startTLS)
        defer { sink.stop() }
        let letter = try letter()
        #expect(kind { try server(sink, .startTLS, trusts: false).send(letter) } == .unavailable)
        #expect(try sink.mails == [])
    }

    @Test func aWrongPasswordIsForAnotherTry() throws {
        let sink = try MailSink(.startTLS)
        defer { sink.stop() }
        let letter = try letter()
        #expect(kind { try server(sink, .startTLS, login: ("user", "wrong")).send(letter) } == .unavailable)
    }

    @Test(arguments: [
        ("bad@example.org", TransferError.Kind.refused), ("grey@example.org", .unavailable),
        ("vanish@example.org", .uncertain),
    ])
    func theServersAnswerDecidesWhetherToTryAgain(_ recipient: String, _ expected: TransferError.Kind) throws {
        let sink = try MailSink(.startTLS)
        defer { sink.stop() }
        let letter = try letter(to: recipient)
        #expect(kind { try server(sink, .startTLS).send(letter) } == expected)
    }

    @Test func nobodyListeningIsForAnotherTry() throws {
        let sink = try MailSink(.plain)
        let server = try server(sink, .none, login: nil)
        sink.stop()
        let letter = try letter()
        #expect(kind { try server.send(letter) } == .unavailable)
    }

    @Test func aPasswordIsNeverSentToAnotherMachineWithoutTLS() {
        #expect(throws: TransferError.self) {
            try SMTPServer(host: "mail.example.org", port: 25, security: .none, login: ("a", "b"))
        }
    }

    @Test(arguments: ["a@b\r\nBcc: c@d", "no address", "a@", "<a@b>", ""])
    func whatIsNoAddressIsRefused(_ address: String) {
        #expect(throws: TransferError.self) { try letter(to: address) }
    }

    @Test func aSubjectCannotAddLines() {
        #expect(throws: TransferError.self) { try letter(subject: "Bill\r\nBcc: c@d") }
    }
}
