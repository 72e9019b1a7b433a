import Foundation

/// How often each of many keys failed lately, and how long it has to wait.
struct FailureLedger: Sendable {
    private struct Entry {
        var count: Int
        var last: Date

        /// From when on it may be tried again.
        var freeAt: Date { last.addingTimeInterval(FailureLedger.wait(after: count)) }

        func isForgotten(at now: Date) -> Bool {
            now.timeIntervalSince(freeAt) >= FailureLedger.memory
        }
    }

    private let capacity: Int
    private var entries: [Digest: Entry] = [:]

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// Seconds until the key may be tried again; not above zero when it may.
    func wait(for key: Digest, at now: Date) -> Double {
        entries[key].map { min($0.freeAt.timeIntervalSince(now), Self.longestWait) } ?? 0
    }

    mutating func fail(_ key: Digest, at now: Date) {
        if var entry = entries[key], !entry.isForgotten(at: now) {
            entry.count += 1
            entry.last = now
            entries[key] = entry
            return
        }
        if entries.count >= capacity { makeRoom(at: now) }
        entries[key] = Entry(count: 1, last: now)
    }

    mutating func forget(_ key: Digest) {
        entries[key] = nil
    }

    /// Takes one failure back.
    mutating func forgive(_ key: Digest) {
        guard var entry = entries[key] else { return }
        entry.count -= 1
        entries[key] = entry.count > 0 ? entry : nil
    }

    /// What is forgotten by now goes, and when that is nothing, an eighth of all, so that not each newcomer looks at all.
    private mutating func makeRoom(at now: Date) {
        entries = entries.filter { !$0.value.isForgotten(at: now) }
        guard entries.count >= capacity else { return }
        let least = entries.sorted { ($0.value.count, $0.value.last) < ($1.value.count, $1.value.last) }
        for (key, _) in least.prefix(max(1, capacity / 8)) { entries[key] = nil }
    }

    /// Seconds to wait after so many failures.
    private static func wait(after count: Int) -> Double {
        count < freeTries ? 0 : min(longestWait, pow(2, Double(min(count - freeTries, 30))))
    }

    private static let freeTries = 5
    private static let longestWait: Double = 900
    /// Seconds without a failure, after the wait, that make one forget the rest.
    private static let memory: Double = 900
}
