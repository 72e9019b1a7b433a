import Foundation
import Secrets
import Synchronization

/// Slows down who tries too often, such as to guess claim codes or to announce devices.
final class TryLimiter: Sendable {
    private let limiter = Mutex(LoginLimiter())

    /// - Throws: ``Refusal`` with the seconds to wait.
    func admit(name: String, address: String, at now: Date) throws {
        guard let wait = limiter.withLock({ $0.admit(name: name, address: address, at: now) }) else { return }
        throw Refusal(.tooManyRequests, "slow_down", "Too many tries; please wait \(wait) s.", retryAfter: wait)
    }

    func succeeded(name: String, address: String) {
        limiter.withLock { $0.succeeded(name: name, address: address) }
    }
}
