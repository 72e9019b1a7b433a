import Foundation

/// Whether the mains stays in its band: ninety seconds outside begin an alarm, as many inside end it.
struct VoltageWatch: Codable, Sendable {
    private var outsideSince: Double?
    private var insideSince: Double?
    private(set) var openSince: Double?

    private static let patience = 90.0

    mutating func take(_ voltage: Double, at instant: Double, in band: ClosedRange<Double>) -> Excess? {
        if band.contains(voltage) {
            outsideSince = nil
            let since = insideSince ?? instant
            insideSince = since
            if instant - since >= Self.patience { openSince = nil }
            return nil
        }
        insideSince = nil
        let since = outsideSince ?? instant
        outsideSince = since
        guard openSince == nil, instant - since >= Self.patience else { return nil }
        openSince = instant
        let limit = voltage < band.lowerBound ? band.lowerBound : band.upperBound
        return Excess(score: abs(voltage - limit) / limit * 10, observed: voltage, usual: limit)
    }
}
