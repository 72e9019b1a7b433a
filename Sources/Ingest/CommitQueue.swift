import Foundation
package import Metering
import Synchronization

/// A row on its way to the table of readings.
package struct StoredReading: Hashable, Sendable {
    package let meter: Int64
    package let reading: Reading

    package init(meter: Int64, reading: Reading) {
        self.meter = meter
        self.reading = reading
    }
}

/// Rows of many requests that share one commit: each request waits until its own are safe.
///
/// Bounded: what finds it full is refused at once, and may be sent again.
package final class CommitQueue: Sendable {
    private struct Request: Sendable {
        let rows: [StoredReading]
        /// Nil says that the rows are on disk.
        let done: @Sendable ((any Error)?) -> Void
    }

    private struct State: Sendable {
        var requests: [Request] = []
        var rows = 0
        var waiter: CheckedContinuation<Void, Never>?
        var isClosed = false
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// - Parameter capacity: rows that may wait.
    package init(capacity: Int = 100_000) {
        self.capacity = capacity
    }

    /// Rows that wait now.
    package var depth: Int {
        state.withLock { $0.rows }
    }

    /// Returns when the rows are on disk.
    ///
    /// - Throws: ``IngestError`` of kind `full` when there is no room, or what the writer failed with.
    package func submit(_ rows: [StoredReading]) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            give(rows) { error in
                if let error { continuation.resume(throwing: error) } else { continuation.resume() }
            }
        }
    }

    /// The same for rows that nobody waits for.
    package func submit(_ rows: [StoredReading], onFailure: @escaping @Sendable (any Error) -> Void) {
        give(rows) { error in
            if let error { onFailure(error) }
        }
    }

    private func give(_ rows: [StoredReading], _ done: @escaping @Sendable ((any Error)?) -> Void) {
        let (isTaken, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            guard !state.isClosed, state.rows + rows.count <= capacity else { return (false, nil) }
            state.requests.append(Request(rows: rows, done: done))
            state.rows += rows.count
            defer { state.waiter = nil }
            return (true, state.waiter)
        }
        waiter?.resume()
        if !isTaken { done(IngestError(.full, "too much waits to be stored; send it again in a moment")) }
    }

    /// No more is taken; ``drain(through:)`` returns when the rest is written.
    package func close() {
        state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.isClosed = true
            defer { state.waiter = nil }
            return state.waiter
        }?.resume()
    }

    /// Hands all that waits to `write`, again and again, until the queue is closed and empty; requests that came while it wrote make
    /// the next batch.
    package func drain(through write: ([StoredReading]) async throws -> Void) async {
        while true {
            await waitForRows()
            let (batch, isClosed) = state.withLock { state -> ([Request], Bool) in
                defer { (state.requests, state.rows) = ([], 0) }
                return (state.requests, state.isClosed)
            }
            if batch.isEmpty && isClosed { return }
            guard !batch.isEmpty else { continue }
            do {
                try await write(batch.flatMap(\.rows))
                for request in batch { request.done(nil) }
            } catch {
                for request in batch { request.done(error) }
            }
        }
    }

    private func waitForRows() async {
        await withCheckedContinuation { waiter in
            let isReady = state.withLock { state in
                if state.requests.isEmpty && !state.isClosed {
                    state.waiter = waiter
                    return false
                }
                return true
            }
            if isReady { waiter.resume() }
        }
    }
}
