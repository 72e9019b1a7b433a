package import Foundation
package import Metering
package import Notices

/// Something of the past days that is worth a person's time.
package struct NightFinding: Hashable, Codable, Sendable {
    package typealias Kind = NoticeKind

    package let kind: Kind
    package let period: Range<Date>
    /// What was seen, in the unit of the kind's ``Notice``: kilowatt-hours of a day, volts, hours without readings, else
    /// watts; for a bill's jump the kilowatt-hours that are expected.
    package let observed: Double
    /// What would have been usual, in the same unit; for a bill's jump the limit beyond which it is dearer.
    package let usual: Double
    /// Energy beyond the usual over the period; nil where that is not the matter.
    package let extra: Energy?
    /// How sure it is, for ranking: robust standard deviations, or as much for a plain fault.
    package let score: Double
    /// What it stands on; nil for findings of versions that kept none.
    package let evidence: FindingEvidence?

    package init(
        kind: Kind, period: Range<Date>, observed: Double, usual: Double, extra: Energy? = nil, score: Double,
        evidence: FindingEvidence? = nil
    ) {
        self.kind = kind
        self.period = period
        self.observed = observed
        self.usual = usual
        self.extra = extra
        self.score = score
        self.evidence = evidence
    }

    /// The same with what it stands on.
    func standing(on evidence: FindingEvidence) -> NightFinding {
        NightFinding(
            kind: kind, period: period, observed: observed, usual: usual, extra: extra, score: score,
            evidence: evidence)
    }
}
