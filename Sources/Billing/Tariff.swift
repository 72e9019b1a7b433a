package import Metering

/// The order by which a bill is reckoned, with every version that was in force.
package struct Tariff: Hashable, Sendable {
    /// What the account must tell before a bill can be made.
    package enum Input: Hashable, Sendable {
        case choice([String])
        case decimal
        case boolean
    }

    /// What is done when a new version begins inside a billing period.
    package enum VersionChange: Hashable, Sendable {
        /// The version in force on the bill's date makes the whole bill.
        case billDate
        /// Each version makes the whole bill; they are weighted by their share of the nominal days (30 a month), taken to
        /// `places` decimals (Kerala: KSEBL circular of 22.03.2025, Annexure C).
        case blendByDays(places: Int)
    }

    package let id: String
    package let name: String
    package let sources: [String]
    package let currency: Currency
    package let zone: String
    package let inputs: [String: Input]
    package let lineRounding: Rounding
    package let totalRounding: Rounding
    /// How the units billed come from the energy used; nil when every milliwatt-hour counts.
    package let quantityRounding: Rounding?
    package let versionChange: VersionChange
    /// Rates that are set anew each month, by name.
    package let series: [String: [LocalMonth: Rate]]
    /// In order of time, without overlap or hole.
    package let versions: [TariffVersion]
}

/// The lines in force from one day to another.
package struct TariffVersion: Hashable, Sendable {
    package let from: LocalDate
    /// The last day, nil for the version now in force.
    package let through: LocalDate?
    package let lines: [TariffLine]

    package func covers(_ day: LocalDate) -> Bool {
        day >= from && through.map { day <= $0 } ?? true
    }
}

/// One line of a bill, as the order defines it.
package struct TariffLine: Hashable, Sendable {
    package enum Rule: Hashable, Sendable {
        case energy([SlabClass])
        case fixed(FixedCharge)
        case perKilowattHour(UnitCharge)
        case percent(RateTable, of: [String])
    }

    package let id: String
    package let label: String
    /// All must hold, or the bill has no such line.
    package let conditions: [Condition]
    /// Whether the line is taken off the bill.
    package let isCredit: Bool
    /// The line's own rounding.
    package let rounding: Rounding?
    package let rule: Rule
}

/// The slabs for a range of total consumption.
package struct SlabClass: Hashable, Sendable {
    package enum Style: String, Sendable {
        /// Each slab's rate charges the units inside it.
        case telescopic
        /// The rate of the slab reached charges every unit.
        case whole
    }

    /// The greatest monthly total the class is for; nil for the last.
    package let upTo: Energy?
    package let style: Style
    package let slabs: [Slab]
}

/// One step: up to which monthly total, at which rate.
package struct Slab: Hashable, Sendable {
    package let upTo: Energy?
    package let rate: RateTable
}

/// One rate, or one for each value of an input.
package indirect enum RateTable: Hashable, Sendable {
    case rate(Rate)
    case byInput(String, [String: RateTable])
}

package struct FixedCharge: Hashable, Sendable {
    package enum Unit: String, Sendable {
        case month, bill, day
    }

    package let unit: Unit
    /// One open slab when the charge does not depend on the total.
    package let slabs: [Slab]
}

package struct UnitCharge: Hashable, Sendable {
    package enum Price: Hashable, Sendable {
        case rate(RateTable)
        /// The month in which the bill is made out names the rate.
        case series(String)
    }

    package let price: Price
}

/// What must be so for a line to be billed.
package struct Condition: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        /// Consumption of the period divided by its months, in kilowatt-hours.
        case importPerMonth
        /// Months that the bill covers.
        case billingMonths
        case input(String)
    }

    package enum Test: Hashable, Sendable {
        case range(above: Rate?, from: Rate?, upTo: Rate?, below: Rate?)
        case oneOf([String])
    }

    package let subject: Subject
    package let test: Test
}

extension Tariff {
    /// The totals at which a price changes, on a day and for a bill of so many months, in rising order.
    package func steps(on day: LocalDate, months: Int = 1) -> [Energy] {
        let lines = versions.first { $0.covers(day) }?.lines ?? []
        let limits = lines.filter { !$0.isCredit }.flatMap { line -> [Energy] in
            guard case .energy(let classes) = line.rule else { return [] }
            return classes.flatMap { $0.slabs.compactMap(\.upTo) }
        }
        return Set(limits).sorted().map { Energy(milliwattHours: $0.milliwattHours * Int64(months)) }
    }
}
