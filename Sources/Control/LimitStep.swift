package import Metering

/// A share of a limit that was told in one period, as it is kept: `month 2026-02 75`.
package struct LimitStep: Hashable, Sendable {
    package let limit: HouseholdLimits.Kind
    /// A day, `2026-02-20`, or a month, `2026-02`.
    package let period: String
    package let percent: Int

    package init(_ limit: HouseholdLimits.Kind, on day: LocalDate, percent: Int) {
        self.limit = limit
        self.period = limit.period(of: day)
        self.percent = percent
    }

    /// The shares of a limit that are told, in percent.
    package static let percents = [50, 75, 90, 100]

    /// The highest of them that `observed` reaches; nil when it reaches none.
    package static func highest(of observed: Double, against limit: Double) -> Int? {
        // A whole percent that was divided and multiplied may miss itself by a hair.
        percents.last { observed / limit * 100 + 1e-9 >= Double($0) }
    }
}

extension LimitStep: CustomStringConvertible, LosslessStringConvertible {
    package var description: String {
        "\(limit.rawValue) \(period) \(percent)"
    }

    package init?(_ description: String) {
        let parts = description.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, let limit = HouseholdLimits.Kind(rawValue: String(parts[0])),
            let percent = Int(parts[2]), Self.percents.contains(percent)
        else { return nil }
        let period = String(parts[1])
        guard limit == .month ? LocalMonth(period) != nil : LocalDate(period) != nil else { return nil }
        self.limit = limit
        self.period = period
        self.percent = percent
    }
}
