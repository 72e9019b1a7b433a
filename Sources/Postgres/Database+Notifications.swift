extension Database.Configuration {
    /// Everything that is notified on `channel` from the return of this call on, over a connection of its own.
    ///
    /// Listen first, then load what is there: nothing can be missed between. The connection is given up at once when the stream
    /// is let go or its task is cancelled.
    ///
    /// - Throws: ``PostgresError`` of kind `unavailable` when no connection can be had; the stream ends with it when the
    ///   connection is lost, or when its reader is a thousand behind. Then listen and load anew.
    package func notifications(
        on channel: String
    ) async throws -> AsyncThrowingStream<DatabaseNotification, any Error> {
        let listener = try await Listener.connected(to: self, channel: channel)
        return AsyncThrowingStream(bufferingPolicy: .bufferingOldest(Self.mostWaiting)) { continuation in
            continuation.onTermination = { _ in listener.stop() }
            listener.start(yieldingTo: continuation)
        }
    }

    private static var mostWaiting: Int { 1000 }
}
