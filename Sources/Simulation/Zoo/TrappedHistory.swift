package import Foundation
package import Metering

/// A register's readings with something wrong, and what was truly used.
package struct TrappedHistory: Sendable {
    package let trap: Trap
    package let clock: LocalClock
    package let limits: RegisterLimits
    /// In the order in which they came.
    package let readings: [Reading]
    /// The local days from the first reading to the last; the first and the last day are cut there.
    package let boundaries: [Date]
    /// What was truly used between each boundary and the next.
    package let truth: [Energy]
}
