package import Foundation

/// Energy used over an interval, with how much of the interval was seen.
package struct Consumption: Hashable, Sendable {
    package let period: Range<Date>
    package let energy: Energy
    package let coverage: Coverage
    package let quality: Quality

    package init(over period: Range<Date>, energy: Energy, observed seconds: Double, quality: Quality) {
        self.init(
            over: period, energy: energy, coverage: Coverage(observed: seconds, of: period.seconds),
            quality: quality)
    }

    package init(over period: Range<Date>, energy: Energy, coverage: Coverage, quality: Quality) {
        self.period = period
        self.energy = energy
        self.coverage = coverage
        self.quality = quality
    }

    /// Whether anything at all is known about the interval: a register that moved, or time that was watched.
    package var isKnown: Bool {
        energy != .zero || coverage.observedSeconds > 0
    }
}

extension Consumption {
    /// The whole that neighbouring parts make; nil when there are none.
    package init?(joining parts: some Collection<Consumption>) {
        guard let start = parts.map(\.period.lowerBound).min(),
            let end = parts.map(\.period.upperBound).max()
        else {
            return nil
        }
        self.init(
            over: start..<end,
            energy: parts.lazy.map(\.energy).sum(),
            coverage: parts.reduce(Coverage.none) { $0 + $1.coverage },
            quality: parts.reduce(into: .measured) { $0.formUnion($1.quality) })
    }
}
