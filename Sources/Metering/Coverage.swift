/// How much of a period was observed, in whole seconds.
package struct Coverage: Hashable, Sendable {
    package let observedSeconds: Int
    package let totalSeconds: Int

    package init(observedSeconds: Int, totalSeconds: Int) {
        self.observedSeconds = observedSeconds
        self.totalSeconds = totalSeconds
    }

    init(observed: Double, of total: Double) {
        self.init(observedSeconds: Int(observed.rounded()), totalSeconds: Int(total.rounded()))
    }

    package static let none = Coverage(observedSeconds: 0, totalSeconds: 0)

    /// 0 to 1; nothing of nothing is 0.
    package var share: Double {
        totalSeconds == 0 ? 0 : Double(observedSeconds) / Double(totalSeconds)
    }

    package var isComplete: Bool {
        totalSeconds > 0 && observedSeconds >= totalSeconds
    }

    package static func + (left: Coverage, right: Coverage) -> Coverage {
        Coverage(
            observedSeconds: left.observedSeconds + right.observedSeconds,
            totalSeconds: left.totalSeconds + right.totalSeconds)
    }
}
