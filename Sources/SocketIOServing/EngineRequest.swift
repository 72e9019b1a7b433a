import HTTPTypes
import SocketIO

/// What the address of a request says to Engine.IO.
struct EngineRequest: Sendable {
    let session: String?
    let method: HTTPRequest.Method
    private let version: String?
    private let transportName: String?

    init(_ request: HTTPRequest) {
        let query = (request.path ?? "").split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        var values: [Substring: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            // The last of the same name wins, as it does in the original.
            values[parts.first ?? ""] = String(parts.dropFirst().first ?? "")
        }
        session = values["sid"]
        version = values["EIO"]
        transportName = values["transport"]
        method = request.method
    }

    var transport: EngineTransport? { transportName.flatMap(EngineTransport.init) }

    /// What is wrong with the request, whatever sessions there are; nil when nothing is.
    ///
    /// - Parameter isUpgrade: whether it asks to be a WebSocket.
    func refusal(isUpgrade: Bool) -> EngineRefusal? {
        guard let transport else { return .unknownTransport }
        guard (transport == .webSocket) == isUpgrade else { return .badRequest }
        guard session == nil else { return nil }
        guard method == .get else { return .badHandshakeMethod }
        return version == "4" ? nil : .unsupportedVersion
    }
}
