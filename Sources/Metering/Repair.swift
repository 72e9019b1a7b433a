import Foundation

/// Judges the readings of a register one after the other and keeps those that can be true.
///
/// A drop to zero and a true restart look the same until the next readings arrive, so each verdict looks ahead a few
/// readings (METERING rules: glitch, reset, rollback, implausible, replacement, gap).
struct Repair {
    /// Readings that decide a doubtful one.
    static let lookAhead = 5
    /// A step back of at most this many seconds at full power may be a flash restored late.
    static let rollbackSeconds = 120.0

    private let readings: [Reading]
    private let limits: RegisterLimits
    private(set) var points: [RepairedRegister.Point] = []
    private(set) var events: [RegisterEvent] = []

    init(_ history: RegisterHistory, limits: RegisterLimits) {
        readings = history.readings
        self.limits = limits
        points.reserveCapacity(readings.count)
        run()
    }

    private mutating func run() {
        guard let first = readings.first else { return }
        points.append(.init(at: first.at, cumulative: .zero, quality: .measured, isObserved: true))
        var last = 0
        var next = 1
        while next < readings.count {
            let accepted = accept(next, after: last)
            if accepted { last = next }
            next += 1
        }
    }

    /// Whether reading `next` was taken; a refused one is left out as if it were absent.
    private mutating func accept(_ next: Int, after last: Int) -> Bool {
        let earlier = readings[last]
        let later = readings[next]
        let most = limits.most(in: later.at.timeIntervalSince(earlier.at) + 1)
        if later.register >= earlier.register {
            guard later.register - earlier.register > most else {
                forward(from: earlier, to: later)
                return true
            }
            return acceptStepUp(next, after: last)
        }
        return acceptDrop(next, after: last, most: most)
    }

    private mutating func forward(from earlier: Reading, to later: Reading) {
        let energy = later.register - earlier.register
        let isGap = later.at.timeIntervalSince(earlier.at) > limits.gapAfter
        append(later, energy, isGap ? .estimated : .measured, isObserved: !isGap)
        if isGap { note(.gap, earlier, later, credited: energy) }
    }

    private mutating func acceptStepUp(_ next: Int, after last: Int) -> Bool {
        let confirmed = ahead(of: next).allSatisfy { $0.register >= readings[next].register }
        guard confirmed, next + 1 < readings.count else {
            note(.implausible, readings[last], readings[next], credited: .zero)
            return false
        }
        replace(last, by: next)
        return true
    }

    private mutating func acceptDrop(_ next: Int, after last: Int, most: Energy) -> Bool {
        let earlier = readings[last]
        let later = readings[next]
        if isDisowned(later, comingAfter: earlier, by: ahead(of: next)) {
            noteGlitch(earlier, later)
            return false
        }
        let drop = earlier.register - later.register
        let isObserved = later.at.timeIntervalSince(earlier.at) <= limits.gapAfter
        if drop <= limits.most(in: Self.rollbackSeconds),
            later.register.milliwattHours > earlier.register.milliwattHours / 2
        {
            append(later, .zero, .afterReset, isObserved: isObserved)
            note(.rollback, earlier, later, credited: .zero)
        } else if later.register <= most {
            append(later, later.register, .afterReset, isObserved: isObserved)
            note(.reset, earlier, later, credited: later.register)
        } else {
            replace(last, by: next)
        }
        return true
    }

    /// Whether one of the next readings goes on from before the drop, as if it had not been.
    private func isDisowned(
        _ dropped: Reading, comingAfter earlier: Reading, by next: ArraySlice<Reading>
    ) -> Bool {
        next.contains { reading in
            reading.register >= earlier.register
                && reading.register - earlier.register
                    <= limits.most(in: reading.at.timeIntervalSince(earlier.at) + 1)
                && reading.register - dropped.register
                    > limits.most(in: reading.at.timeIntervalSince(dropped.at))
        }
            || next.first.map {
                $0.register >= earlier.register && $0.bootID == earlier.bootID && plausible(earlier, $0)
            } ?? false
    }

    private func plausible(_ earlier: Reading, _ later: Reading) -> Bool {
        later.register - earlier.register <= limits.most(in: later.at.timeIntervalSince(earlier.at) + 1)
    }

    private func ahead(of index: Int) -> ArraySlice<Reading> {
        readings[(index + 1)...].prefix(Self.lookAhead)
    }

    private mutating func replace(_ last: Int, by next: Int) {
        append(readings[next], .zero, .afterReset, isObserved: false)
        note(.replacement, readings[last], readings[next], credited: .zero)
    }

    private mutating func append(
        _ reading: Reading, _ energy: Energy, _ quality: Quality, isObserved: Bool
    ) {
        let before = points[points.count - 1].cumulative
        points.append(
            .init(at: reading.at, cumulative: before + energy, quality: quality, isObserved: isObserved))
    }

    private mutating func note(
        _ kind: RegisterEvent.Kind, _ earlier: Reading, _ later: Reading, credited: Energy
    ) {
        events.append(
            .init(
                kind: kind, period: earlier.at..<later.at, before: earlier.register, after: later.register,
                credited: credited))
    }

    /// Several readings of one dip are one glitch.
    private mutating func noteGlitch(_ earlier: Reading, _ later: Reading) {
        if let previous = events.last, previous.kind == .glitch,
            previous.period.lowerBound == earlier.at
        {
            events.removeLast()
        }
        note(.glitch, earlier, later, credited: .zero)
    }
}
