package import Foundation

/// When another device was heard and when not: a witness to an outage.
package struct DeviceSilence: Sendable {
    private let span: Range<Date>?
    private let gaps: [Range<Date>]

    /// - Parameter seconds: without a reading that make a silence.
    package init(of history: RegisterHistory, after seconds: Double) {
        self.init(heardAt: history.readings.map(\.at), after: seconds)
    }

    /// - Parameter instants: of the device's readings, in order.
    package init(heardAt instants: [Date], after seconds: Double) {
        span = instants.first.flatMap { first in instants.last.map { first..<$0 } }
        gaps = zip(instants, instants.dropFirst()).filter { $1.timeIntervalSince($0) > seconds }.map { $0..<$1 }
    }

    /// Whether the device said nothing for most of `period`; nil when it is not known to have been there.
    func wasSilent(in period: Range<Date>) -> Bool? {
        guard let span, span.contains(period.lowerBound), span.contains(period.upperBound) else { return nil }
        let silent = gaps.reduce(0) { $0 + $1.secondsShared(with: period) }
        return silent >= period.seconds * Self.most
    }

    private static let most = 0.8
}

/// What other devices together say about an outage.
enum Witnesses: Sendable {
    /// None was there.
    case none
    case allSilent
    /// One at least was heard, so somebody listened.
    case heard

    init(_ silences: [DeviceSilence], in period: Range<Date>) {
        let said = silences.compactMap { $0.wasSilent(in: period) }
        self = said.isEmpty ? .none : said.allSatisfy { $0 } ? .allSilent : .heard
    }
}
