import Analysis
import Billing
import Metering
import Notices

/// A finding with what it is worth in money, as far as that is known.
struct RankedFinding: Sendable {
    let finding: NightFinding
    /// What the bill is, or will be, higher for it; for a register that stood still, what was not counted.
    let cost: Money?

    /// What orders findings: money, then energy, then how grave and how sure it is.
    private var rank: (Int64, Int64, NoticeSeverity, Double) {
        (
            max(0, cost?.minorUnits ?? 0), max(0, finding.extra?.milliwattHours ?? 0), finding.kind.notice.severity(),
            finding.score
        )
    }

    static func > (left: RankedFinding, right: RankedFinding) -> Bool {
        left.rank > right.rank
    }
}

extension PeriodFigures {
    private static let most = 3

    /// At most three findings that began in the period, those worth most money first.
    var rankedFindings: [RankedFinding] {
        let found = report.findings.filter { span.contains($0.period.lowerBound) }
        let jump = found.last { $0.kind == .billJump && isStillAhead($0) }
        let others = found.filter { $0.kind != .billJump }
        let ranked = (others + [jump].compactMap { $0 }).map { RankedFinding(finding: $0, cost: cost(of: $0)) }
        return Array(ranked.sorted { $0 > $1 }.prefix(Self.most))
    }

    /// A warning has had its time when the period is over or the limit is passed.
    private func isStillAhead(_ jump: NightFinding) -> Bool {
        guard jump.period.upperBound > report.asOf, let used = total?.energy else { return false }
        return used.kilowattHours < jump.usual
    }

    /// What the nights found, in words.
    var findings: [String] {
        rankedFindings.map { FindingText($0, self).text }
    }

    private func cost(of finding: NightFinding) -> Money? {
        if let jump = finding.evidence?.jump { return Money(minorUnits: jump.cost) }
        guard let extra = finding.extra, extra > .zero else { return nil }
        return worth(of: extra)
    }

    /// What the bill of the period would be lower without `extra`, with the whole period as it is expected to be.
    ///
    /// Nil without a tariff, or where it cannot say: that is no reason to withhold the finding.
    private func worth(of extra: Energy) -> Money? {
        guard let tariff = report.tariff, let used = total?.energy else { return nil }
        let whole = report.forecast.flatMap { $0.period == period ? max($0.expected, used) : nil } ?? used
        guard whole > extra else { return nil }
        do {
            let bills = try [whole, whole - extra].map {
                try tariff.bill(for: $0, over: period, months: report.cycle.months, account: report.account)
            }
            let money = bills[0].total - bills[1].total
            return money > .zero ? money : nil
        } catch { return nil }
    }
}
