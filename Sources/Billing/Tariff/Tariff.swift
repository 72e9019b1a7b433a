package import Metering

/// The order by which a bill is reckoned, with every version that was in force.
package struct Tariff: Hashable, Sendable {
    package let id: String
    package let name: String
    package let sources: [String]
    package let currency: Currency
    /// The IANA zone by whose clock days and times of use are told.
    package let zone: String
    /// What the account must or may tell, in the order of the file.
    package let inputs: [TariffInput]
    package let rounding: RoundingRules
    package let billing: BillingRules
    /// Nil where the hour does not matter.
    package let timeOfUse: TimeOfUse?
    /// Parts of the year with prices or limits of their own; empty where the year has none.
    package let seasons: [Season]
    /// Rates that are set anew each month, by name.
    package let series: [String: [LocalMonth: Rate]]
    /// In order of time, without overlap or hole.
    package let versions: [TariffVersion]
}

extension Tariff {
    /// The version in force on a day; nil before the first and after the last.
    package func version(on day: LocalDate) -> TariffVersion? {
        versions.last { $0.covers(day) }
    }
}
