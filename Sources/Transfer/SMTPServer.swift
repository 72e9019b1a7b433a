import CCurl
import Foundation

/// A mail server that takes letters, one connection each.
package struct SMTPServer: Sendable {
    /// How the connection is kept from other eyes.
    package enum Security: String, Sendable, CaseIterable {
        /// Plain at first, then TLS before anything is said; a server without it gets nothing.
        case startTLS = "starttls"
        /// TLS from the first byte.
        case tls
        /// None; only for a server on the same machine.
        case none
    }

    private let host: String
    private let port: Int
    private let security: Security
    private let login: (name: String, password: String)?
    private let authorities: String?
    private let timeout: Int

    /// - Parameters:
    ///   - login: nil when the server asks for none; with one, a server that offers no login gets nothing.
    ///   - authorities: a file of certificates to trust instead of the system's; verification is never switched off.
    ///   - timeout: seconds for the whole transfer.
    package init(
        host: String, port: Int, security: Security, login: (name: String, password: String)?,
        authorities: String? = nil,
        timeout: Int = 60
    ) throws {
        guard !host.isEmpty, host.unicodeScalars.allSatisfy({ $0.value > 32 && $0 != "/" }), (1...65_535).contains(port)
        else {
            throw TransferError(.badLetter, "'\(host):\(port)' is not a mail server")
        }
        guard login == nil || security != .none || ["localhost", "127.0.0.1", "::1"].contains(host) else {
            throw TransferError(.badLetter, "a password is never sent to \(host) without TLS")
        }
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.authorities = authorities
        self.timeout = timeout
    }

    /// Sends a letter; returns when the server has taken it.
    ///
    /// - Throws: ``TransferError``; its kind says whether a later try makes sense, and whether the letter may be out.
    package func send(_ letter: Letter) throws {
        let handle = try Handle()
        try prepare(handle)
        try handle.set(CURLOPT_MAIL_FROM, "<\(letter.from)>")
        let recipients = try TextList(["<\(letter.to)>"])
        try handle.set(CURLOPT_MAIL_RCPT, recipients)
        let headers = try TextList(letter.headers)
        try handle.set(CURLOPT_HTTPHEADER, headers)
        let body = try MIMEBody(letter, handle)
        try handle.check(wattbuddy_set_mime(handle.pointer, body.pointer))
        let talk = Talk(needsLogin: login != nil)
        let code = try talk.listening(on: handle) { curl_easy_perform(handle.pointer) }
        guard code == CURLE_OK else { throw failure(code, handle.responseCode, talk) }
        // What libcurl reads until now must live until now.
        withExtendedLifetime((talk), {})
        _ = (recipients.head, headers.head, body.pointer)
    }

    private func prepare(_ handle: borrowing Handle) throws {
        let scheme = security == .tls ? "smtps" : "smtp"
        let address = host.contains(":") ? "[\(host)]" : host
        try handle.set(CURLOPT_URL, "\(scheme)://\(address):\(port)/wattbuddy.local")
        try handle.set(
            CURLOPT_USE_SSL, security == .none ? Int(CURLUSESSL_NONE.rawValue) : Int(CURLUSESSL_ALL.rawValue))
        try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let authorities { try handle.set(CURLOPT_CAINFO, authorities) }
        if let login {
            try handle.set(CURLOPT_USERNAME, login.name)
            try handle.set(CURLOPT_PASSWORD, login.password)
        }
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_CONNECTTIMEOUT, min(20, timeout))
        try handle.set(CURLOPT_TIMEOUT, timeout)
    }

    /// A code of 4xx means later, one of 5xx never; libcurl's own reasons before the letter was handed over mean later.
    private func failure(_ code: CURLcode, _ response: Int, _ talk: Talk) -> TransferError {
        let reason = "\(host):\(port): \(Handle.message(code))" + (response > 0 ? " (answer \(response))" : "")
        if talk.lacksLogin {
            return TransferError(.unavailable, "\(host):\(port) offers no login, so nothing was sent")
        }
        if code == CURLE_LOGIN_DENIED { return TransferError(.unavailable, "\(reason): the login was refused") }
        if (500..<600).contains(response) { return TransferError(.refused, reason) }
        if (400..<500).contains(response) { return TransferError(.unavailable, reason) }
        return TransferError(talk.isHandedOver ? .uncertain : .unavailable, reason)
    }
}

/// Listens to the server's answers.
private final class Talk {
    private let needsLogin: Bool
    private var isLoggedIn = false
    /// The server asked for the letter itself: from here on a lost connection leaves its fate open.
    private(set) var isHandedOver = false
    private(set) var lacksLogin = false

    init(needsLogin: Bool) {
        self.needsLogin = needsLogin
    }

    func listening(on handle: borrowing Handle, _ body: () -> CURLcode) throws -> CURLcode {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try handle.check(
            wattbuddy_receive_headers(
                handle.pointer,
                { bytes, size, count, context in
                    guard let bytes, let context else { return 0 }
                    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                    let talk = Unmanaged<Talk>.fromOpaque(context).takeUnretainedValue()
                    return talk.hears(String(decoding: line.prefix(3), as: UTF8.self)) ? size * count : 0
                }, context))
        return withExtendedLifetime(self) { body() }
    }

    /// - Returns: whether to go on: a letter is never handed over without the login that was asked for.
    private func hears(_ code: String) -> Bool {
        if code == "235" { isLoggedIn = true }
        guard code == "354" else { return true }
        lacksLogin = needsLogin && !isLoggedIn
        isHandedOver = !lacksLogin
        return !lacksLogin
    }
}
