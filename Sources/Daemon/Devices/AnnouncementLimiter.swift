import Foundation
import Synchronization

/// Lets so many devices of one address announce themselves in a minute, and no more of all addresses together.
final class AnnouncementLimiter: Sendable {
    private struct Minute: Sendable {
        var number = 0
        var counts: [String: Int] = [:]
        var all = 0
    }

    private let minute = Mutex(Minute())
    private static let mostOfOne = 10
    private static let mostOfAll = 60

    /// - Throws: ``Refusal`` with the seconds to wait.
    func admit(from address: String, at now: Date) throws {
        let seconds = Int(now.timeIntervalSince1970)
        let isAdmitted = minute.withLock { minute in
            if minute.number != seconds / 60 { minute = Minute(number: seconds / 60) }
            minute.counts[address, default: 0] += 1
            minute.all += 1
            return minute.counts[address, default: 0] <= Self.mostOfOne && minute.all <= Self.mostOfAll
        }
        guard isAdmitted else {
            throw Refusal(
                .tooManyRequests, "slow_down", "Too many devices announce themselves; please wait a minute.",
                retryAfter: 60 - seconds % 60)
        }
    }
}
