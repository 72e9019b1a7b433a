package import Foundation

/// A time without readings of a meter, and why there were none.
package struct Outage: Hashable, Sendable {
    package enum Cause: String, Sendable, CaseIterable {
        /// The mains were off.
        case powerCut
        /// The device measured on, but its readings came to nobody.
        case networkLost
        /// The device stopped and began anew while the mains were on.
        case deviceRestarted
        /// Nobody's readings were taken.
        case serverDown
        /// What is known fits more than one cause.
        case unknown
    }

    /// From the last reading before to the first after.
    package let period: Range<Date>
    package let cause: Cause
    /// What the register counted meanwhile.
    package let energy: Energy

    package init(over period: Range<Date>, cause: Cause, energy: Energy) {
        self.period = period
        self.cause = cause
        self.energy = energy
    }
}
