import Dispatch
import Foundation
import Secrets
import Synchronization

/// Checks passwords one after the other on a thread of their own: each check is made to be costly.
final class PasswordDesk: Sendable {
    private let queue = DispatchQueue(label: "wattbuddy.passwords")
    private let waiting = Atomic<Int>(0)
    private let nobody = Mutex<String?>(nil)

    /// More than so many at once are told to come again.
    private static let mostWaiting = 20

    /// Whether the password is the one that was hashed; for no account it takes as long, and is false.
    func verify(_ password: String, against stored: String?) async throws -> Bool {
        try await work { [self] in
            guard let stored else {
                _ = PasswordHash.verify(password, against: try hashOfNobody())
                return false
            }
            return PasswordHash.verify(password, against: stored)
        }
    }

    func hash(_ password: String) async throws -> String {
        try await work { try PasswordHash.hash(password) }
    }

    private func hashOfNobody() throws -> String {
        try nobody.withLock { known in
            if let known { return known }
            let made = try PasswordHash.ofNobody()
            known = made
            return made
        }
    }

    private func work<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
            waiting.wrappingSubtract(1, ordering: .relaxed)
            throw Refusal(
                .serviceUnavailable, "busy", "Too many people log in at once; please try again soon.", retryAfter: 3)
        }
        defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
        return try await withCheckedThrowingContinuation { done in
            queue.async { done.resume(with: Result(catching: body)) }
        }
    }
}
