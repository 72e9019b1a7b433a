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
        let done: CheckedContinuation<Void, any Error>
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
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
                guard !state.isClosed, state.rows + rows.count <= capacity else {
                    done.resume(throwing: IngestError(.full, "too much waits to be stored; send it again in a moment"))
                    return nil
                }
                state.requests.append(Request(rows: rows, done: done))
                state.rows += rows.count
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
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
                for request in batch { request.done.resume() }
            } catch {
                for request in batch { request.done.resume(throwing: error) }
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
