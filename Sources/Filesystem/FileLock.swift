import Foundation

/// A lock that processes share through a file; the system gives it back when its holder dies.
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// - Parameter waits: whether to wait for another holder; otherwise one is an error of kind `locked`.
    package init(at path: String, waits: Bool) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FilesystemError.refused(path, "opened") }
        self.descriptor = descriptor
        while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { throw FilesystemError(.locked, "\(path) is held by another process") }
            guard errno == EINTR else { throw FilesystemError.refused(path, "locked") }
        }
    }

    /// Unlocks by word and not by closing alone: a process that is being started may hold a copy of the descriptor for a moment.
    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Waits for the lock and holds it while `body` runs.
    package static func held<Value>(at path: String, while body: () throws -> Value) throws -> Value {
        let lock = try FileLock(at: path, waits: true)
        return try withExtendedLifetime(lock, body)
    }
}
