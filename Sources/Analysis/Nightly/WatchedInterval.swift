package import Foundation
package import Metering

/// What a meter told of one interval, half an hour or an hour long, as the night looks at it.
package struct WatchedInterval: Hashable, Codable, Sendable {
    package let period: Range<Date>
    /// Mean watts over the interval as measured in it: nothing that was spread over a gap or came late.
    package let power: Double?
    /// Mean volts.
    package let voltage: Double?
    /// What the register showed at the end.
    package let register: Energy?
    /// Mean watts that were credited where they were not measured: no check looks at them.
    package let credited: Double?

    package init(
        _ period: Range<Date>, power: Double?, voltage: Double? = nil, register: Energy? = nil, credited: Double? = nil
    ) {
        self.period = period
        self.power = power
        self.voltage = voltage
        self.register = register
        self.credited = credited
    }
}
