package import Metering
package import Notices

/// What a household does not want to exceed; nil for no limit.
package struct HouseholdLimits: Hashable, Sendable {
    /// Raw values as they are kept.
    package enum Kind: String, CaseIterable, Sendable {
        case power, day, month
    }

    /// Watts.
    package var power: Double?
    package var day: Energy?
    package var month: Energy?

    package init(power: Double? = nil, day: Energy? = nil, month: Energy? = nil) {
        self.power = power
        self.day = day
        self.month = month
    }

    /// Watts or kilowatt-hours of a limit.
    package func value(of kind: Kind) -> Double? {
        switch kind {
        case .power: power
        case .day: day?.kilowattHours
        case .month: month?.kilowattHours
        }
    }
}

extension HouseholdLimits.Kind {
    /// The period in which each step is told once: a day of the power too.
    func period(of day: LocalDate) -> String {
        self == .month ? day.inMonth.description : day.description
    }

    package var alert: NoticeKind {
        switch self {
        case .power: .powerLimit
        case .day: .dayLimit
        case .month: .monthLimit
        }
    }
}
