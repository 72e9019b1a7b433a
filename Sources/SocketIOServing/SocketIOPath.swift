import HTTPTypes

/// Where a request for Socket.IO goes, and which pages may make it.
struct SocketIOPath: Sendable {
    /// Whether it is bare Engine.IO, which only the conformance suites speak.
    let isBare: Bool
    let origins: AllowedOrigins

    /// Nil when the request is for something else.
    init?(_ request: HTTPRequest, _ settings: SocketIOSettings) {
        let path = (request.path ?? "").prefix { $0 != "?" }
        switch path {
        case "/socket.io", "/socket.io/": isBare = false
        case "/engine.io" where settings.isConformanceServer: isBare = true
        case "/engine.io/" where settings.isConformanceServer: isBare = true
        default: return nil
        }
        origins = settings.isConformanceServer ? .any : settings.origins
    }
}

extension AllowedOrigins {
    func allow(_ request: HTTPRequest) -> Bool {
        guard let origin = request.headerFields[.origin] else { return true }
        return allow(origin, at: request.authority)
    }
}
