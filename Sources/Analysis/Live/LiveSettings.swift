/// What a household may set about its alarms; the rest is learned.
package struct LiveSettings: Hashable, Sendable {
    /// When power far above the median alone is worth an alarm.
    package enum SpikeRule: String, CaseIterable, Sendable {
        /// While a device is learned, if it is also more than was ever held.
        case untilKnown = "until_known"
        /// Always, as the first meters of this kind did: several alarms a day in most homes.
        case always
        case never
    }

    package var spikeRule: SpikeRule
    /// More than so many times the median is far above the usual ...
    package var spikeFactor: Double
    /// ... if it is also above so many watts.
    package var leastSpike: Double
    /// Days of learning, in which a record is no news.
    package var learningDays: Int
    /// Readings in a row that make power held; fewer are the inrush of a motor.
    package var heldReadings: Int
    /// Volts between which the mains may move (EN 50160: 230 V and a tenth).
    package var voltageBand: ClosedRange<Double>
    /// Seconds without a reading after which a device is silent; more for one that reports seldom.
    package var silentAfter: Double

    package init(
        spikeRule: SpikeRule = .untilKnown, spikeFactor: Double = 2, leastSpike: Double = 150, learningDays: Int = 7,
        heldReadings: Int = 3, voltageBand: ClosedRange<Double> = 207...253, silentAfter: Double = 600
    ) {
        self.spikeRule = spikeRule
        self.spikeFactor = spikeFactor
        self.leastSpike = leastSpike
        self.learningDays = learningDays
        self.heldReadings = heldReadings
        self.voltageBand = voltageBand
        self.silentAfter = silentAfter
    }
}
