import Foundation
import TestSupport

/// Clients of Socket.IO as others wrote them, where `.ci/prepare tests` could install them.
enum SocketClients {
    private static let folder = repository.appending(path: ".wattbuddy/clients")

    static let python = folder.appending(path: "bin/python")
    /// What a page loads.
    static let bundle = folder.appending(path: "socket.io.min.js")

    static let areThere = [python, bundle].allSatisfy {
        FileManager.default.fileExists(atPath: $0.path(percentEncoded: false))
    }
}
