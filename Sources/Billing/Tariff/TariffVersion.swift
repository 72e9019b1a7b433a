package import Metering

/// The lines in force from one day to another.
package struct TariffVersion: Hashable, Sendable {
    package let from: LocalDate
    /// The last day, nil for the version now in force.
    package let through: LocalDate?
    /// The last day for which the sources were seen; later bills say so.
    package let checkedUntil: LocalDate?
    /// Roundings of this version alone; nil where the tariff's hold.
    package let rounding: RoundingRules?
    package let lines: [TariffLine]
    /// Whether any line goes by the season.
    let dependsOnSeason: Bool

    init(
        from: LocalDate, through: LocalDate?, checkedUntil: LocalDate?, rounding: RoundingRules?, lines: [TariffLine]
    ) {
        self.from = from
        self.through = through
        self.checkedUntil = checkedUntil
        self.rounding = rounding
        self.lines = lines
        dependsOnSeason = lines.contains(where: \.dependsOnSeason)
    }

    package func covers(_ day: LocalDate) -> Bool {
        day >= from && through.map { day <= $0 } ?? true
    }
}
