import Foundation
import Metering

/// At most three findings a calendar month: a fourth is told only if it weighs more than the least of those.
struct MonthlyBudget: Sendable, Codable {
    /// The first day of the month of the last finding.
    private var month: LocalDate?
    private var weights: [Double] = []

    static let most = 3
    /// What weighs less is not told: a plain fault does after two words that such were fine.
    private static let least = 2.0

    mutating func choose(
        _ findings: [NightFinding], _ feedback: [FindingFeedback], on clock: LocalClock
    ) -> [NightFinding] {
        let weighed = findings.map { finding in
            (finding, weight: finding.score * feedback.weight(of: finding.kind, at: finding.period.upperBound))
        }
        return weighed.sorted { $0.weight > $1.weight }.filter { finding, weight in
            weight >= Self.least && hasRoom(for: weight, in: clock.date(at: finding.period.lowerBound).inMonth.firstDay)
        }.map(\.0)
    }

    private mutating func hasRoom(for weight: Double, in month: LocalDate) -> Bool {
        if month != self.month {
            self.month = month
            weights = []
        }
        if weights.count < Self.most {
            weights.append(weight)
            return true
        }
        guard let least = weights.indices.min(by: { weights[$0] < weights[$1] }), weight > weights[least] else {
            return false
        }
        weights[least] = weight
        return true
    }
}
