package import Foundation

/// A person's word about a period that overrules what the repair would make of it.
///
/// Dated, and undone by another record: the list given to a repair holds those in force, and raw readings stay as they came.
package struct Correction: Hashable, Sendable {
    /// How the readings of the period are to be judged.
    package enum Ruling: Hashable, Sendable {
        /// They are left out, as if they were absent.
        case leaveOut
        /// The step that does not fit is true consumption.
        case counted
        /// The register began again at zero; what it shows is credited.
        case reset
        /// The register was restored late; the step is credited with nothing.
        case rollback
        /// The register began again after its last figure.
        case rollover(modulus: Energy)
        /// The first reading of the period is of another register.
        case replacement
    }

    package enum Change: Hashable, Sendable {
        case ruling(Ruling)
        /// So much was used over the period, whatever the register shows.
        case consumption(Energy)
    }

    package let author: String
    package let reason: String
    package let decidedAt: Date
    package let period: Range<Date>
    package let change: Change

    package init(
        by author: String, because reason: String, at decidedAt: Date, over period: Range<Date>, _ change: Change
    ) {
        self.author = author
        self.reason = reason
        self.decidedAt = decidedAt
        self.period = period
        self.change = change
    }
}
