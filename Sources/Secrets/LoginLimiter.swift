package import Foundation

/// Slows down the guessing of passwords: by the name that is tried, and by the address that tries.
///
/// Five tries that fail, each within fifteen minutes of the one before, are free; then each makes the next one wait: one second,
/// two, four, up to fifteen minutes. A name or address that lets fifteen minutes pass after its wait begins anew. Memory is
/// bounded: beyond it those with the fewest failures are forgotten first.
package struct LoginLimiter: Sendable {
    private var names: FailureLedger
    private var addresses: FailureLedger

    /// - Parameter capacity: how many names, and how many addresses, are remembered at once.
    package init(capacity: Int = 10_000) {
        names = FailureLedger(capacity: capacity)
        addresses = FailureLedger(capacity: capacity)
    }

    /// Whether a try may be looked at: nil for yes, else the whole seconds to wait.
    ///
    /// A try that may counts as failed until ``succeeded(name:address:)`` says otherwise, so that many at once do not slip by.
    ///
    /// - Parameters:
    ///   - name: what was typed as name or mail address, read without regard to case.
    ///   - address: the client's IP address; of IPv6 the network counts, because a client has all of it.
    package mutating func admit(name: String, address: String, at now: Date) -> Int? {
        let (person, network) = Self.keys(name, address)
        let wait = max(names.wait(for: person, at: now), addresses.wait(for: network, at: now))
        guard wait <= 0 else { return Int(wait.rounded(.up)) }
        names.fail(person, at: now)
        addresses.fail(network, at: now)
        return nil
    }

    /// Takes back what ``admit(name:address:at:)`` counted: the name has a clean sheet, the address the one it had, so that
    /// nobody cleans it by logging in as himself between guesses.
    package mutating func succeeded(name: String, address: String) {
        let (person, network) = Self.keys(name, address)
        names.forget(person)
        addresses.forgive(network)
    }

    /// Of a fixed size, however long the name.
    private static func keys(_ name: String, _ address: String) -> (Digest, Digest) {
        let typed = name.precomposedStringWithCanonicalMapping.lowercased()
        return (Digest(of: typed), Digest(of: ClientNetwork(address).text))
    }
}
