package import Metering

/// What was forecast of a period on one of its days, and what came.
package struct ForecastTrial: Hashable, Sendable {
    /// Days of the period that were over.
    package let daysOver: Int
    package let soFar: Energy
    package let outlook: PeriodOutlook
    package let came: Energy
    /// Kilowatt-hours by which the error is measured.
    package let spread: Double

    package init(daysOver: Int, soFar: Energy, outlook: PeriodOutlook, came: Energy, spread: Double) {
        self.daysOver = daysOver
        self.soFar = soFar
        self.outlook = outlook
        self.came = came
        self.spread = spread
    }

    package var period: BillingPeriod { outlook.period }

    /// Whether it came within the range that four of five should.
    package var isWithin: Bool {
        outlook.low <= came && came <= outlook.high
    }

    /// How far the truth lay above what was expected, in spreads.
    package var score: Double {
        spread > 0 ? (came - outlook.expected).kilowattHours / spread : 0
    }
}
