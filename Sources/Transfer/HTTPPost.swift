import CCurl
package import Foundation

/// Posts bodies to a web server.
package struct HTTPPost: Sendable {
    private let url: String
    private let token: String?
    private let timeout: Int

    /// - Parameters:
    ///   - token: sent as a bearer token.
    ///   - timeout: seconds for the whole transfer.
    package init(url: String, token: String?, timeout: Int = 120) throws {
        let scheme = URL(string: url)?.scheme
        guard scheme == "http" || scheme == "https", url.unicodeScalars.allSatisfy({ $0.value > 32 }) else {
            throw TransferError(.badLetter, "'\(url)' is not an address that begins with http:// or https://")
        }
        if let token, token.unicodeScalars.contains(where: { $0.value <= 32 || $0.value > 126 }) {
            throw TransferError(.badLetter, "the token holds a character that no token has")
        }
        self.url = url
        self.token = token
        self.timeout = timeout
    }

    /// Posts one body.
    ///
    /// - Throws: ``TransferError`` unless the server answers with a code from 200 to 299.
    package func post(_ body: Data, contentType: String) throws {
        let handle = try Handle()
        try handle.set(CURLOPT_URL, url)
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_CONNECTTIMEOUT, min(20, timeout))
        try handle.set(CURLOPT_TIMEOUT, timeout)
        let headers = try TextList(
            ["Content-Type: \(contentType)", "Expect:"] + (token.map { ["Authorization: Bearer \($0)"] } ?? []))
        try handle.set(CURLOPT_HTTPHEADER, headers)
        try body.withUnsafeBytes { bytes in
            try handle.check(wattbuddy_set_body(handle.pointer, bytes.baseAddress, bytes.count))
        }
        // The answer's text is not needed, its code is.
        try handle.check(wattbuddy_receive_body(handle.pointer, { _, size, count, _ in size * count }, nil))
        let code = curl_easy_perform(handle.pointer)
        guard code == CURLE_OK else { throw TransferError(.unavailable, "\(url): \(Handle.message(code))") }
        let response = handle.responseCode
        guard (200..<300).contains(response) else {
            throw TransferError((500..<600).contains(response) ? .unavailable : .refused, "\(url) answered \(response)")
        }
        _ = headers.head
    }
}
