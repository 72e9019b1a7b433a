package import Foundation
package import Metering

/// Something of the past days that is worth a person's time.
package struct NightFinding: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Sendable {
        /// A day with far more than usual.
        case highDay = "high_day"
        /// A day with far less than usual, where days are regular.
        case lowDay = "low_day"
        /// Something ran through day and night.
        case leftOn = "left_on"
        /// The level of the night has risen and stays there.
        case nightBase = "night_base"
        /// No power for hours in which there always is some.
        case dead
        /// The same figure over and over.
        case stuck
        /// Power flows and the register stands still.
        case register
        /// No readings.
        case gap
        /// The mains was out of its band.
        case voltage
    }

    package let kind: Kind
    package let period: Range<Date>
    /// What was seen: kilowatt-hours of a day, volts, hours without readings, else watts.
    package let observed: Double
    /// What would have been usual, in the same unit.
    package let usual: Double
    /// Energy beyond the usual over the period; nil where that is not the matter.
    package let extra: Energy?
    /// How sure it is, for ranking: robust standard deviations, or as much for a plain fault.
    package let score: Double

    package init(
        kind: Kind, period: Range<Date>, observed: Double, usual: Double, extra: Energy? = nil, score: Double
    ) {
        self.kind = kind
        self.period = period
        self.observed = observed
        self.usual = usual
        self.extra = extra
        self.score = score
    }
}
