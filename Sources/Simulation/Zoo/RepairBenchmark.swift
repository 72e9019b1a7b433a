import Foundation
import Metering

/// How fast the pure pass over readings is, on this machine.
package struct RepairBenchmark: Sendable {
    package let name: String
    package let readingCount: Int
    package let seconds: Double

    package var readingsPerSecond: Double { Double(readingCount) / seconds }

    /// Repairs so many readings, already in memory, and takes the best of `rounds`.
    ///
    /// - Parameter trap: what is wrong with them now and then.
    package init(_ trap: Trap, readings count: Int, rounds: Int = 3) {
        name = trap.rawValue
        let history = RegisterHistory(TrapZoo.history(trap, seed: 1, size: count).readings)
        readingCount = history.readings.count
        let clock = ContinuousClock()
        let best =
            (0..<rounds).map { _ in
                clock.measure {
                    var repair = RegisterRepair(limits: RegisterLimits())
                    repair.append(contentsOf: history.readings)
                    repair.finish()
                    precondition(!repair.takePoints(isFinished: true).isEmpty)
                }
            }.min() ?? .zero
        seconds = Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18
    }
}
