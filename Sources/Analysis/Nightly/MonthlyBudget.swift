import Foundation
import Metering

/// At most three findings a calendar month: a fourth is told only if it weighs more than the least of those.
struct MonthlyBudget: Sendable {
    private var month: LocalMonth?
    private var scores: [Double] = []

    static let most = 3

    mutating func choose(_ findings: [NightFinding], on clock: LocalClock) -> [NightFinding] {
        findings.sorted { $0.score > $1.score }.filter { finding in
            let month = clock.date(at: finding.period.lowerBound).inMonth
            if month != self.month {
                self.month = month
                scores = []
            }
            if scores.count < Self.most {
                scores.append(finding.score)
                return true
            }
            guard let least = scores.indices.min(by: { scores[$0] < scores[$1] }), finding.score > scores[least] else {
                return false
            }
            scores[least] = finding.score
            return true
        }
    }
}
