package import Foundation

/// Something a register did that is not counting: what was seen, and what was made of it.
package struct RegisterEvent: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Readings that the next ones disown were left out.
        case glitch
        /// The register began again at zero.
        case reset
        /// A small step back after a power cut.
        case rollback
        /// A step up beyond what the breaker allows was left out.
        case implausible
        /// A step that later readings confirm: another register from here on.
        case replacement
        /// No reading for too long; the energy is spread over the time.
        case gap
    }

    package let kind: Kind
    /// From the last good reading to the one that closes the matter.
    package let period: Range<Date>
    package let before: Energy
    package let after: Energy
    /// What was counted as used over the period.
    package let credited: Energy

    package init(kind: Kind, period: Range<Date>, before: Energy, after: Energy, credited: Energy) {
        self.kind = kind
        self.period = period
        self.before = before
        self.after = after
        self.credited = credited
    }
}
