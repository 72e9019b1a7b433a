import Foundation
import Metering

/// Places readings of a device without a clock in time: by when it started and how long it has run.
///
/// A reading cannot be taken after it arrived, so the start is the earliest that arrivals allow; it moves later only when every
/// reading of some minutes came late, which means that the device's clock is slow and not that its readings waited.
struct BootClock: Sendable {
    private struct Run: Sendable {
        let bootID: Int32?
        var start: Date
        var lastUptime: Int64
        /// Of the last readings: how many, and the least seconds by which they came late.
        var watched = 0
        var leastDelay = Double.infinity
    }

    /// The runs that readings may still come from, the newest last.
    private var runs: [Run] = []
    private static let most = 4
    /// So many late readings in a row move the start.
    private static let patience = 60
    /// Seconds that a device's clock may be slow before the start moves.
    private static let tolerance = 1.0

    init() {}

    /// Goes on from a stored reading, so that a restart of the daemon moves nothing.
    init(resuming reading: Reading) {
        guard let uptime = reading.uptime else { return }
        runs = [
            Run(
                bootID: reading.bootID, start: reading.at.addingTimeInterval(-Double(uptime)),
                lastUptime: Int64(uptime) * 1000)
        ]
    }

    /// When the device took a reading.
    ///
    /// - Parameters:
    ///   - uptime: milliseconds that it had run.
    ///   - arrival: when the reading came.
    ///   - span: for a reading that came with later ones of the same run, milliseconds from it to the last of them.
    mutating func place(uptime: Int64, bootID: Int32?, arrival: Date, before span: Int64) -> Date {
        let latest = arrival.addingTimeInterval(-Double(span) / 1000)
        let index = run(of: bootID, uptime: uptime, latest: latest)
        let implied = latest.addingTimeInterval(-Double(uptime) / 1000)
        runs[index].lastUptime = max(runs[index].lastUptime, uptime)
        adjust(index, to: implied)
        return Date(milliseconds: runs[index].start.addingTimeInterval(Double(uptime) / 1000))
    }

    /// The end of a run whose readings only come after the next run began: right before it.
    var startOfNewest: Date? { runs.last?.start }

    func knows(_ bootID: Int32?) -> Bool {
        runs.contains { $0.bootID == bootID }
    }

    private mutating func run(of bootID: Int32?, uptime: Int64, latest: Date) -> Int {
        let known = runs.lastIndex { $0.bootID == bootID }
        if let known, bootID != nil || uptime >= runs[known].lastUptime || isLate(uptime, known, latest) {
            return known
        }
        runs.append(Run(bootID: bootID, start: latest.addingTimeInterval(-Double(uptime) / 1000), lastUptime: uptime))
        if runs.count > Self.most { runs.removeFirst() }
        return runs.count - 1
    }

    /// Whether a smaller uptime is an older reading of the run and not the start of a new one: then it fits the run's start.
    private func isLate(_ uptime: Int64, _ index: Int, _ latest: Date) -> Bool {
        let implied = latest.addingTimeInterval(-Double(uptime) / 1000)
        return implied.timeIntervalSince(runs[index].start) < Double(runs[index].lastUptime - uptime) / 1000 / 2
    }

    private mutating func adjust(_ index: Int, to implied: Date) {
        let delay = implied.timeIntervalSince(runs[index].start)
        if delay < 0 { runs[index].start = implied }
        runs[index].watched += 1
        runs[index].leastDelay = min(runs[index].leastDelay, max(0, delay))
        guard runs[index].watched >= Self.patience else { return }
        if runs[index].leastDelay > Self.tolerance { runs[index].start += runs[index].leastDelay }
        runs[index].watched = 0
        runs[index].leastDelay = .infinity
    }
}

extension Date {
    /// The last full millisecond, which is what a device's clock can tell: nothing is moved into the future.
    init(milliseconds instant: Date) {
        self.init(timeIntervalSince1970: (instant.timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    }
}
