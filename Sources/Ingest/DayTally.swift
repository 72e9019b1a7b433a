package import Foundation
package import Metering

/// What a meter counted on the local day that runs: exact as of some reading by the engine, and since then by the register's steps.
package struct DayTally: Hashable, Sendable {
    package let day: Range<Date>
    package private(set) var energy: Energy
    private var register: Energy

    /// - Parameters:
    ///   - energy: of the day up to the reading that showed `register`.
    package init(day: Range<Date>, energy: Energy, register: Energy) {
        self.day = day
        self.energy = energy
        self.register = register
    }

    /// A register that goes back adds nothing until the engine has judged it.
    mutating func take(_ register: Energy) {
        energy += max(.zero, register - self.register)
        self.register = register
    }

    /// The day that begins with a reading.
    static func beginning(at instant: Date, register: Energy, on clock: LocalClock) -> DayTally {
        DayTally(day: clock.period(of: clock.date(at: instant)), energy: .zero, register: register)
    }
}
