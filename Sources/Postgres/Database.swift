import Dispatch

/// A database that is spoken to over one connection, on a queue of its own: libpq blocks.
///
/// The connection is lent to a synchronous closure, so that nothing can come between `BEGIN` and `COMMIT`.
package actor Database {
    /// Where the database is, and in which schema its tables are.
    package struct Configuration: Sendable {
        /// A libpq connection string or URL.
        package let conninfo: String
        /// Nil for the server's default, `public`.
        package let schema: String?

        package init(conninfo: String, schema: String? = nil) {
            self.conninfo = conninfo
            self.schema = schema
        }
    }

    package let configuration: Configuration
    private let executor = QueueExecutor()
    private var connection: Connection?

    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Lends the connection to `body`; connects first when there is none, or when it was lost.
    ///
    /// - Throws: what `body` throws; ``PostgresError`` of kind `unavailable` when no connection can be had.
    @discardableResult
    package func run<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
        if let connection, connection.isAlive { return try body(connection) }
        let fresh = try Connection(configuration.conninfo, schema: configuration.schema)
        connection = fresh
        return try body(fresh)
    }

    /// Gives the connection up; the next call makes a new one.
    package func close() {
        connection = nil
    }
}

/// Runs an actor's jobs on a dispatch queue.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "wattbuddy.postgres")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
