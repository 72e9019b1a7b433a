import HTTPTypes

extension HTTPRequest {
    /// Whether anything in it says that it may not be followed by another: looked at for each first request.
    var mayEndConnection: Bool { headerFields.contains(.connection) }

    /// Whether this is the opening handshake of a WebSocket, as RFC 6455 wants it.
    ///
    /// One that is not right in all its parts is a request as any other.
    var asksForWebSocket: Bool {
        method == .get && has("websocket", in: .upgrade) && has("upgrade", in: .connection)
            && headerFields[values: .secWebSocketVersion] == ["13"]
            && headerFields[values: .secWebSocketKey].count == 1
            && !headerFields.contains(.contentLength) && !headerFields.contains(.transferEncoding)
    }

    /// The request as it has to go on when it is answered as any other.
    ///
    /// Behind an `Upgrade` the decoder reads no second request, and Hummingbird ends a connection only for a request
    /// whose `Connection` says `close` and nothing else.
    var asOrdinary: HTTPRequest {
        guard headerFields.contains(.upgrade) || has("close", in: .connection) else { return self }
        var request = self
        request.headerFields[.connection] = "close"
        return request
    }

    private func has(_ token: String, in field: HTTPField.Name) -> Bool {
        headerFields[values: field].contains { value in
            value.split(separator: ",").contains { $0.trimming(while: \.isWhitespace).lowercased() == token }
        }
    }
}

extension Substring {
    fileprivate func trimming(while isOutside: (Character) -> Bool) -> Substring {
        let start = drop(while: isOutside)
        guard let last = start.lastIndex(where: { !isOutside($0) }) else { return "" }
        return start[...last]
    }
}
