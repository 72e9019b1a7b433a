extension BillChange.Cause {
    /// As a person says it: `more or fewer days`.
    package var words: String {
        switch self {
        case .days: "more or fewer days at the same use a day"
        case .units: "more or fewer units"
        case .slab: "other slabs reached"
        case .rates: "other rates"
        case .line(let label): "\(label), on one of the bills alone"
        case .correction: "the bills were issued otherwise"
        case .rounding: "rounding"
        }
    }
}

extension BillTwin.Cause {
    /// As a person says it: `they left out Meter rent`.
    package var words: String {
        switch self {
        case .gain(let percent):
            let tenths = Int((abs(percent) * 10).rounded())
            return "their meter counted \(tenths / 10).\(tenths % 10) % \(percent < 0 ? "less" : "more") than ours"
        case .readingDates(let start, let end):
            return "they read \(days(start)) at the beginning and \(days(end)) at the end"
        case .version(let from): return "they billed by the version from \(from)"
        case .billDate(let date): return "they dated the bill \(date)"
        case .input(let name, let value): return "they took '\(name)' to be '\(value)'"
        case .months(let count): return "they billed \(count == 1 ? "one month" : "\(count) months")"
        case .missedLine(let label): return "they left out \(label)"
        }
    }

    private func days(_ shift: Int) -> String {
        switch shift {
        case 0: "on our day"
        case 1, -1: shift > 0 ? "one day later" : "one day earlier"
        default: "\(abs(shift)) days \(shift > 0 ? "later" : "earlier")"
        }
    }
}
