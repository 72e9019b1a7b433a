import Analysis
import Billing
import Metering

extension PeriodFigures {
    /// What the nights found, in words.
    var findings: [String] {
        nightFindings.map { finding in
            let text = FindingText(finding, wording).text
            // A register that stood still lost energy; its bill is not higher for it.
            guard finding.kind != .register, let extra = finding.extra, extra > .zero else { return text }
            let worth = worth(of: extra).map { ", worth about \($0)" } ?? ""
            return "\(text) That is \(wording.energy(extra)) more\(worth)."
        }
    }

    /// What the bill of the period would be lower without `extra`, with the whole period as it is expected to be.
    ///
    /// Nil without a tariff, or where it cannot say: that is no reason to withhold the finding.
    private func worth(of extra: Energy) -> String? {
        guard let tariff = report.tariff, let used = total?.energy else { return nil }
        let whole = report.forecast.flatMap { $0.period == period ? max($0.expected, used) : nil } ?? used
        guard whole > extra else { return nil }
        do {
            let bills = try [whole, whole - extra].map {
                try tariff.bill(for: $0, over: period, months: report.cycle.months, account: report.account)
            }
            let money = bills[0].total - bills[1].total
            return money > .zero ? wording.money(money, tariff.currency) : nil
        } catch { return nil }
    }
}
