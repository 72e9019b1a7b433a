import Billing
import Metering

/// Why a bill is not like an earlier one, adding up to the difference to the last minor unit.
struct BillChangeView: Sendable {
    struct Effect: Sendable {
        let words: String
        let amount: String
    }

    let heading: String
    let effects: [Effect]
}

extension BillChangeView {
    /// Against the bill before, and the one for the same month a year earlier; those that cannot be compared are left out.
    static func all(of reported: ReportedBill, in report: HouseholdReport) -> [BillChangeView] {
        let first = reported.bill.period.first
        let before = report.bills.last { $0.bill.period.end == first }
        let yearAgo = report.bills.last { $0.bill.period.first.inMonth == first.inMonth.adding(months: -12) }
        return [before, yearAgo].compactMap { earlier in
            guard let older = earlier?.basis, let newer = reported.basis else { return nil }
            do {
                return BillChangeView(try BillChange(from: older, to: newer), older, newer, report.wording)
            } catch { return nil }
        }
    }

    private init?(_ change: BillChange, _ older: BilledCase, _ newer: BilledCase, _ wording: Wording) {
        guard older.tariff.currency == newer.tariff.currency else { return nil }
        let currency = newer.tariff.currency
        func signed(_ money: Money) -> String {
            (money > .zero ? "+" : "") + wording.money(money, currency)
        }
        let size = Money(minorUnits: abs(change.difference.minorUnits))
        let name = wording.period(older.bill.period)
        heading =
            change.difference == .zero
            ? "As much as for \(name)"
            : "\(wording.money(size, currency)) \(change.difference > .zero ? "more" : "less") than for \(name)"
        effects = change.effects.map {
            Effect(words: Self.words(for: $0.cause, older.bill, newer.bill, wording), amount: signed($0.amount))
        }
    }

    private static func words(for cause: BillChange.Cause, _ older: Bill, _ newer: Bill, _ wording: Wording) -> String {
        func units(_ bill: Bill) -> String {
            wording.energy(bill.billedEnergy, places: bill.billedEnergy.isWhole ? 0 : 3)
        }
        return switch cause {
        case .days:
            "\(wording.count(newer.period.dayCount, "day", "days")) instead of \(older.period.dayCount)"
        case .units: "\(units(newer)) instead of \(units(older))"
        default: cause.words
        }
    }
}
