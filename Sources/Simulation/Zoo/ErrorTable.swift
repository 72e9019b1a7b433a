import Foundation
import Metering

/// How far each way of counting is from the truth, for each thing that can be wrong with a register.
package struct ErrorTable: Sendable {
    /// Errors as shares of what was truly used.
    package struct Errors: Hashable, Sendable {
        /// Of the whole span of a history.
        package var total = 0.0
        /// The mean of the days' own.
        package var daily = 0.0
    }

    package struct Row: Sendable {
        package let trap: Trap
        package let ours: Errors
        package let theirs: [Baseline: Errors]
        package let readingCount: Int
    }

    package let rows: [Row]
    package let seeds: ClosedRange<UInt64>

    /// - Parameters:
    ///   - seeds: one history of each trap for each of them.
    ///   - size: readings of a history, about.
    package init(seeds: ClosedRange<UInt64>, size: Int = 10_000) {
        self.seeds = seeds
        rows = Trap.allCases.map { Self.row($0, seeds: seeds, size: size) }
    }

    private static func row(_ trap: Trap, seeds: ClosedRange<UInt64>, size: Int) -> Row {
        var ours = Deviation()
        var theirs: [Baseline: Deviation] = [:]
        var count = 0
        for seed in seeds {
            let history = TrapZoo.history(trap, seed: seed, size: size)
            count += history.readings.count
            ours.add(repaired(history), truth: history.truth)
            for baseline in Baseline.allCases {
                let booked = baseline.consumption(of: history.readings, between: history.boundaries)
                theirs[baseline, default: Deviation()].add(booked, truth: history.truth)
            }
        }
        return Row(trap: trap, ours: ours.errors, theirs: theirs.mapValues(\.errors), readingCount: count)
    }

    private static func repaired(_ history: TrappedHistory) -> [Energy] {
        RepairedRegister(RegisterHistory(history.readings), limits: history.limits, on: history.clock)
            .consumption(between: history.boundaries).map(\.energy)
    }
}

/// Sums of what was booked too much or too little.
private struct Deviation {
    private var total: Int64 = 0
    private var daily: Int64 = 0
    private var truth: Int64 = 0

    mutating func add(_ booked: [Energy], truth days: [Energy]) {
        total += abs((booked.sum() - days.sum()).milliwattHours)
        daily += zip(booked, days).reduce(0) { $0 + abs(($1.0 - $1.1).milliwattHours) }
        truth += days.sum().milliwattHours
    }

    var errors: ErrorTable.Errors {
        let whole = Double(max(1, truth))
        return ErrorTable.Errors(total: Double(total) / whole, daily: Double(daily) / whole)
    }
}

extension ErrorTable {
    /// The tables as a page of documentation.
    package var page: String {
        """
        # Error by class

        Each class is a way in which the readings of a register go wrong. Its histories are made with known truth, one for \
        each seed from \(seeds.lowerBound) to \(seeds.upperBound), in many time zones and steps from 1 s to 15 min, with and \
        without power, boot number and sequence. Beside WattBuddy stand the rules of other systems, written anew.

        Made by `wattbuddy zoo --seeds \(seeds.count) --output FILE`.

        \(markdown)
        """
    }

    /// Two tables: the error of the total, and of the days.
    package var markdown: String {
        "### Error of the total, in per cent of what was truly used\n\n\(table(\.total))\n"
            + "### Mean error of the days, in per cent of what was truly used\n\n\(table(\.daily))"
    }

    private func table(_ value: KeyPath<Errors, Double>) -> String {
        let names = ["trap", "readings", "WattBuddy"] + Baseline.allCases.map(\.rawValue)
        let lines = rows.map { row in
            let theirs = Baseline.allCases.map { Self.percent(row.theirs[$0]?[keyPath: value] ?? 0) }
            return [row.trap.rawValue, String(row.readingCount), Self.percent(row.ours[keyPath: value])] + theirs
        }
        let rule = names.indices.map { $0 == 0 ? "---" : "---:" }
        return ([names, rule] + lines).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n") + "\n"
    }

    private static func percent(_ share: Double) -> String {
        String(format: share < 10 ? "%.3f" : "%.0f", share * 100)
    }
}
