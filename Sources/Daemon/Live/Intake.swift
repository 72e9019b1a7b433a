import Foundation
import Ingest
import Logging
import Store

/// Takes what a device sends: into memory, onto disk, and on to those who look on.
struct Intake: Sendable {
    let queue: CommitQueue
    let metrics: Metrics
    let memory: DeviceMemory
    let desk: EventDesk
    let now: @Sendable () -> Date

    /// Returns when what must be stored is on disk.
    func take(_ uploads: [ReadingUpload], from slot: DeviceSlot) async throws -> ReadingAnswer {
        try await memory.resume(slot)
        let arrival = now()
        let taken = try slot.withState { try $0.take(uploads, arrival: arrival) }
        metrics.count(metrics.received, taken.received)
        if !taken.rows.isEmpty {
            do { try await queue.submit(taken.rows) } catch {
                slot.withState { $0.forgetStored() }
                throw error
            }
            metrics.count(metrics.stored, taken.rows.count)
        }
        let (answer, latest) = slot.withState { ($0.relays.answer(at: arrival), $0.latest) }
        desk.took(taken, sent: answer.changes, of: slot, at: arrival)
        return ReadingAnswer(
            latest: latest, stored: taken.rows.count, received: taken.received,
            wanted: (answer.wanted.first, answer.wanted.second), pulse: answer.pulse)
    }
}
