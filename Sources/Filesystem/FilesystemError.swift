import Foundation

/// Why a file or folder cannot be had.
package struct FilesystemError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// Another process holds the lock.
        case locked
        /// The system refused.
        case refused
    }

    package let kind: Kind
    package let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The system's own reason for what `errno` says now.
    static func refused(_ path: String, _ what: String) -> FilesystemError {
        FilesystemError(.refused, "\(path) cannot be \(what): \(String(cString: strerror(errno)))")
    }

    package var description: String { message }
}
