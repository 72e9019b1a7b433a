import NIOHTTP1

extension HTTPRequestHead {
    /// Whether this is the opening handshake of a WebSocket, as RFC 6455 wants it.
    ///
    /// One that is not right in all its parts is a request as any other.
    var asksForWebSocket: Bool {
        // Looked for first, and found in no ordinary request.
        guard headers.contains(name: "Upgrade") else { return false }
        return method == .GET && version == .http1_1
            && headers[canonicalForm: "Upgrade"].contains { $0.lowercased() == "websocket" }
            && headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
            && headers["Sec-WebSocket-Version"] == ["13"] && headers["Sec-WebSocket-Key"].count == 1
            && !headers.contains(name: "Content-Length") && !headers.contains(name: "Transfer-Encoding")
    }

    /// The head as it has to go on when the request is answered as any other.
    ///
    /// Behind an `Upgrade` the decoder reads no second request, and Hummingbird knows the end of a connection only by
    /// the one word `close`: HTTP/1.0 and other spellings would keep it waiting.
    var asOrdinary: HTTPRequestHead {
        guard headers.contains(name: "Upgrade") || !isKeepAlive && headers["Connection"] != ["close"] else {
            return self
        }
        var head = self
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        return head
    }
}
