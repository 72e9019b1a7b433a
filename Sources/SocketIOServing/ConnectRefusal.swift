package import SocketIO

/// Why a client may not join; it is told so, and its connection stays open.
package struct ConnectRefusal: Error, Sendable {
    package let message: String
    /// What the client's `connect_error` finds as `data`.
    package let data: JSONText?

    package init(message: String, data: JSONText? = nil) {
        self.message = message
        self.data = data
    }

    var json: JSONText {
        let reason = "\"message\":\(JSONText.string(message))"
        let json = data.map { "{\(reason),\"data\":\($0)}" } ?? "{\(reason)}"
        // Two JSON values between braces, each made as JSON.
        return JSONText(json) ?? .emptyObject
    }
}
