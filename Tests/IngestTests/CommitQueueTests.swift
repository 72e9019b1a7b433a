import Foundation
import Ingest
import Metering
import Synchronization
import Testing

@Suite struct CommitQueueTests {
    private struct Refused: Error {}

    @Test func requestsThatCameMeanwhileShareOneWrite() async throws {
        let queue = CommitQueue()
        let sizes = Noted<[Int]>([])
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await queue.submit([row(0)]) }
            while queue.depth == 0 { await Task.yield() }
            group.addTask {
                await queue.drain { rows in
                    let isFirst = sizes.change { $0.append(rows.count) }.count == 1
                    if isFirst { for await _ in gate { break } }
                }
            }
            while sizes.value.isEmpty { await Task.yield() }
            for number in 1...20 { group.addTask { try await queue.submit([row(number)]) } }
            while queue.depth < 20 { await Task.yield() }
            opening.yield()
            opening.finish()
            for _ in 0..<21 { try await group.next() }
            queue.close()
            try await group.waitForAll()
        }
        #expect(sizes.value == [1, 20])
    }

    @Test func aFullQueueRefusesAtOnce() async throws {
        let queue = CommitQueue(capacity: 2)
        let waiting = Noted(0)
        queue.submit([row(0), row(1)]) { _ in _ = waiting.change { $0 += 1 } }
        await #expect(throws: IngestError.self) { try await queue.submit([row(2)]) }
        #expect(queue.depth == 2)
    }

    @Test func aFailedWriteIsToldToEveryRequestOfIt() async {
        let queue = CommitQueue()
        let failures = Noted(0)
        for number in 0..<5 { queue.submit([row(number)]) { _ in _ = failures.change { $0 += 1 } } }
        queue.close()
        await queue.drain { _ in throw Refused() }
        #expect(failures.value == 5)
    }

    @Test func closingWritesWhatWaits() async {
        let queue = CommitQueue()
        let written = Noted(0)
        for number in 0..<5 { queue.submit([row(number)]) { _ in } }
        queue.close()
        await queue.drain { rows in _ = written.change { $0 += rows.count } }
        #expect(written.value == 5)
        await #expect(throws: IngestError.self) { try await queue.submit([row(9)]) }
    }
}

private func row(_ number: Int) -> StoredReading {
    StoredReading(meter: 1, reading: reading(Double(number), Double(number)))
}

/// A value that several tasks change.
private final class Noted<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) {
        mutex = Mutex(value)
    }

    var value: Value { mutex.withLock { $0 } }

    func change(_ body: @Sendable (inout Value) -> Void) -> Value {
        mutex.withLock { value in
            body(&value)
            return value
        }
    }
}
