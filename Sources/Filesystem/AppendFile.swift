import Foundation

/// A file that only grows, and says when what was added is on disk.
package final class AppendFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Opens the file, or makes it, readable by its owner alone.
    package init(path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FilesystemError.refused(path, "opened") }
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// Returns when all the bytes are on disk; after an error some of them may be there.
    package func append(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw FilesystemError.refused(path, "written to") }
            rest = rest.dropFirst(written)
        }
        guard fdatasync(descriptor) == 0 else { throw FilesystemError.refused(path, "written to disk") }
    }
}
