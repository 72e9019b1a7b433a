import Analysis
import Foundation
import Metering

/// A watch on its way over the days of a meter.
struct NightWalk {
    private(set) var watch: NightWatch
    /// With the day in whose night each was found.
    private(set) var found: [(night: LocalDate, finding: NightFinding)] = []
    private let clock: LocalClock
    private var stalls: ArraySlice<NightFinding>
    private let voltages: [Date: Double]
    private let jumps: [LocalDate: [NightFinding]]

    /// - Parameters:
    ///   - stalls: events of the days ahead; others than stalls are passed over.
    ///   - voltages: of half hours, by their start.
    ///   - jumps: of the bill, which are told on the day on which they begin.
    init(
        watch: NightWatch, clock: LocalClock, stalls: [RegisterEvent], voltages: [Date: Double], jumps: [NightFinding]
    ) {
        self.watch = watch
        self.clock = clock
        self.stalls = stalls.compactMap(NightFinding.init).sorted { $0.period.upperBound < $1.period.upperBound }[...]
        self.voltages = voltages
        self.jumps = Dictionary(grouping: jumps) { clock.date(at: $0.period.lowerBound) }
    }

    mutating func take(_ day: DayConsumption) {
        tell(on: day.day)
        for hour in day.hours {
            guard let interval = WatchedInterval(hour, voltage: mean(over: hour.period)) else { continue }
            found += watch.take(interval).map { (day.day, $0) }
        }
        let end = clock.period(of: day.day).upperBound
        while let stall = stalls.first, stall.period.upperBound <= end {
            watch.take(stall)
            stalls = stalls.dropFirst()
        }
        found += watch.closeDay().map { (day.day, $0) }
    }

    /// Tells what was told on a day before its night.
    mutating func tell(on day: LocalDate) {
        found += watch.tell(jumps[day] ?? []).map { (day, $0) }
    }

    private func mean(over hour: Range<Date>) -> Double? {
        let halves = [hour.lowerBound, hour.lowerBound + 1800].compactMap { voltages[$0] }
        return halves.isEmpty ? nil : halves.reduce(0, +) / Double(halves.count)
    }
}
