package import Foundation

/// That a person looked at a finding and it was fine.
package struct FindingFeedback: Hashable, Sendable {
    package let kind: NightFinding.Kind
    package let at: Date

    package init(kind: NightFinding.Kind, at: Date) {
        self.kind = kind
        self.at = at
    }
}

extension Sequence<FindingFeedback> {
    /// How much a finding of `kind` weighs at `now`: half as much for each word that such a finding was fine.
    func weight(of kind: NightFinding.Kind, at now: Date) -> Double {
        reduce(1) { $1.kind == kind && $1.at < now ? $0 / 2 : $0 }
    }
}
