import Foundation

/// Tells systemd how a service is, over the socket that it names (sd_notify(3)); elsewhere it does nothing.
package enum ServiceNotice: String, Sendable {
    case ready = "READY=1"
    case stopping = "STOPPING=1"

    /// - Throws: ``FilesystemError`` when the socket cannot be written to.
    package func tell(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        guard let path = environment["NOTIFY_SOCKET"], let first = path.utf8.first else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(path.utf8)
        // A name in the abstract space begins with a zero byte, written as @.
        if first == UInt8(ascii: "@") { bytes[0] = 0 }
        let length = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + bytes.count } ?? 0
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw FilesystemError(.refused, "the path of NOTIFY_SOCKET is too long")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw FilesystemError.refused(path, "reached") }
        defer { close(descriptor) }
        let message = Array(rawValue.utf8)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                sendto(descriptor, message, message.count, 0, target, socklen_t(length))
            }
        }
        guard sent == message.count else { throw FilesystemError.refused(path, "written to") }
    }
}
