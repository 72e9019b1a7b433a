import Foundation

/// A lock that processes share through a file; the system gives it back when its holder dies.
enum FileLock {
    static func held<Value>(at path: String, while body: () throws -> Value) throws -> Value {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PostgresError(.cluster, "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw PostgresError(.cluster, "\(path) cannot be locked: \(String(cString: strerror(errno)))")
            }
        }
        return try body()
    }
}
