package import Foundation

/// The outages of a meter, each with its cause as far as what is known allows.
package struct OutageLedger: Sendable {
    /// In order of time.
    package let outages: [Outage]

    /// So many seconds before and after an outage tell of its cause.
    package static let margin = 7200.0

    /// - Parameters:
    ///   - repaired: the register that was made of `history`.
    ///   - uptimes: seconds that the device had run, by the instant of the reading that told it.
    ///   - household: the other devices of the home.
    ///   - elsewhere: devices of other homes at the same server; a few are enough.
    package init(
        of history: RegisterHistory, repaired: RepairedRegister, limits: RegisterLimits, uptimes: [Date: Double] = [:],
        household: [DeviceSilence] = [], elsewhere: [DeviceSilence] = []
    ) {
        let judge = OutageJudge(
            repaired: repaired, gapAfter: limits.gapAfter, uptimes: uptimes, household: household, elsewhere: elsewhere)
        outages = zip(history.readings, history.readings.dropFirst()).compactMap(judge.outage)
    }
}

/// Collects the evidence of each outage.
private struct OutageJudge {
    let repaired: RepairedRegister
    let gapAfter: Double
    let uptimes: [Date: Double]
    let household: [DeviceSilence]
    let elsewhere: [DeviceSilence]

    /// How long before and after an outage the home's least load is looked for, and in what pieces; seconds.
    private static let around = 5400.0
    private static let piece = 600.0
    /// Shares of the least load's energy that tell a register that counted from one that stood.
    private static let counted = 0.7
    private static let stood = 0.35
    /// Less than that tells nothing.
    private static let least = Energy(milliwattHours: 500)

    /// Nil when there was none between two neighbouring readings.
    func outage(from earlier: Reading, to later: Reading) -> Outage? {
        let seconds = later.at.timeIntervalSince(earlier.at)
        let isGap = seconds > gapAfter
        let period = earlier.at..<later.at
        let restarted = hasRestarted(from: earlier, to: later, seconds)
        guard isGap || restarted == true, seconds > 0 else { return nil }
        let energy = repaired.energy(over: period)
        let evidence = OutageEvidence(
            hasRestarted: restarted, movement: movement(energy, over: period),
            household: Witnesses(household, in: period), elsewhere: Witnesses(elsewhere, in: period), isGap: isGap,
            seconds: seconds)
        return Outage(over: period, cause: evidence.cause, energy: energy)
    }

    private func hasRestarted(from earlier: Reading, to later: Reading, _ seconds: Double) -> Bool? {
        if let uptime = uptimes[later.at] { return uptime < seconds }
        return Sample(later).hasRestarted(since: Sample(earlier))
    }

    private func movement(_ energy: Energy, over period: Range<Date>) -> OutageEvidence.Movement {
        guard let watts = leastLoad(around: period),
            let expected = Energy(kilowattHours: watts * period.seconds / 3_600_000), expected >= Self.least
        else { return .unclear }
        let share = energy.kilowattHours / expected.kilowattHours
        return share >= Self.counted ? .countedOn : share <= Self.stood ? .stoodStill : .unclear
    }

    /// Watts; nil when nothing was measured before or after.
    private func leastLoad(around period: Range<Date>) -> Double? {
        let starts = stride(from: Self.piece, through: Self.around, by: Self.piece)
        let before = starts.map { period.lowerBound.addingTimeInterval(-$0) }
        let after = starts.map { period.upperBound.addingTimeInterval($0 - Self.piece) }
        return (before + after).compactMap { start in
            repaired.measuredEnergy(over: start..<start.addingTimeInterval(Self.piece)).map {
                $0.kilowattHours * 3_600_000 / Self.piece
            }
        }.min()
    }
}
