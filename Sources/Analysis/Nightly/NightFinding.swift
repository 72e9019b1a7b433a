package import Foundation
package import Metering
package import Notices

/// Something of the past days that is worth a person's time.
package struct NightFinding: Hashable, Sendable {
    package typealias Kind = NoticeKind

    package let kind: Kind
    package let period: Range<Date>
    /// What was seen, in the unit of the kind's ``Notice``: kilowatt-hours of a day, volts, hours without readings, else watts.
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
