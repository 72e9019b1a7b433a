/// Repairs a register in one pass: it is fed readings in order of time and hands out points of the repaired register.
///
/// A drop to zero and a true restart look the same until the next readings arrive, so a reading that does not fit is held
/// until ``lookAheadCount`` readings and ``lookAheadSeconds`` have passed, or one of them goes on from before. What is held
/// is bounded, however many readings come. Ordinary readings take the short way through ``append(_:)``.
package struct RegisterRepair: Sendable {
    /// Readings that decide a doubtful one.
    package static let lookAheadCount = 8
    /// Seconds that must pass besides.
    package static let lookAheadSeconds = 600

    private var bounds: RegisterBounds
    private var rulings: Rulings
    private var track = RepairedTrack()
    private var events: [RegisterEvent] = []
    private var flat = FlatRun()
    private var rate = RecentRate()
    private var precision = SinglePrecision()
    private var stuck = StuckPower()
    /// Since when the power has been counted in the place of a register in single precision, and how much.
    private var byPower: (since: Sample, credited: Int64)?
    /// The last reading that was taken.
    private var last = Sample(at: .min, register: 0)
    /// When the register last moved.
    private var movedAt: Int64 = 0
    private var doubt = Doubt()
    /// Figures from ``floor`` up to here show a register that fell without a restart: they stand for this one.
    private var highWater = Int64.min
    private var floor = Int64.min

    /// - Parameter corrections: those in force; see ``Correction``.
    package init(limits: RegisterLimits = RegisterLimits(), corrections: [Correction] = []) {
        bounds = RegisterBounds(limits)
        rulings = Rulings(corrections)
    }

    /// Takes the next reading.
    ///
    /// - Precondition: it is not earlier than the one before.
    package mutating func append(_ reading: Reading) {
        append(Sample(reading))
    }

    package mutating func append(contentsOf readings: [Reading]) {
        track.reserve(track.points.count + readings.count)
        for reading in readings { append(Sample(reading)) }
    }

    /// Decides what is still open; nothing can be appended afterwards.
    package mutating func finish() {
        while !doubt.isEmpty { settle(isFinal: true) }
        closeFlat(before: nil)
        interrupt(at: last)
    }

    /// The points that can no longer change, each once.
    ///
    /// - Parameter isFinished: whether ``finish()`` was called: then all that are left.
    package mutating func takePoints(isFinished: Bool = false) -> [RepairedPoint] {
        track.take(all: isFinished)
    }

    /// The events that can no longer change, each once.
    package mutating func takeEvents(isFinished: Bool = false) -> [RegisterEvent] {
        guard !isFinished, let from = track.tail.first?.at else {
            defer { events = [] }
            return events
        }
        let count = events.prefix { $0.period.upperBound <= from }.count
        defer { events.removeFirst(count) }
        return Array(events.prefix(count))
    }

    /// How many readings and points are held because they are not decided yet.
    package var heldCount: Int {
        doubt.count + flat.heldCount + track.points.count
    }
}

// MARK: The short way

extension RegisterRepair {
    @inline(__always)
    private mutating func append(_ given: Sample) {
        var sample = given
        if sample.register < highWater { standAtHighWater(&sample) }
        let elapsed = sample.at &- last.at
        let step = sample.register &- last.register
        if doubt.isEmpty, sample.at < rulings.next, elapsed > 0, elapsed <= bounds.gapAfter, step >= 0,
            step <= bounds.most(in: elapsed)
        {
            count(sample, step, elapsed)
        } else {
            consider(sample)
        }
    }

    @inline(__always)
    private mutating func count(_ sample: Sample, _ step: Int64, _ elapsed: Int64) {
        if stuck.hasEnded(at: sample) { noteStuck() }
        stuck.follow(sample)
        if precision.isProven, countByPower(sample, step) {
            // Its point is made.
        } else if step == 0 {
            flat.extend(from: last, to: sample, bounds)
            if flat.isFull { splitFlat() }
        } else if flat.isOpen {
            let credited = closeFlat(before: sample)
            appendSeen(sample, credited)
            move(to: sample, step)
        } else {
            appendSeen(sample, step)
            move(to: sample, step)
        }
        rate.add(step, over: elapsed)
        last = sample
    }

    /// What a device repeats for hours was not watched.
    @inline(__always)
    private mutating func appendSeen(_ sample: Sample, _ energy: Int64) {
        let isStuck = stuck.isStuck
        track.append(at: sample.at, energy, isStuck ? .estimated : .measured, isObserved: !isStuck)
    }

    @inline(__always)
    private mutating func move(to sample: Sample, _ step: Int64) {
        flat.begin(at: sample.at)
        movedAt = sample.at
        bounds.learn(step: step)
        if sample.register >= SinglePrecision.harmfulFrom {
            precision.see(sample.register, resolution: bounds.resolution)
        }
    }
}

// MARK: The long way

extension RegisterRepair {
    private mutating func consider(_ sample: Sample) {
        guard !track.isEmpty else { return begin(sample) }
        precondition(sample.at >= last.at, "readings come in order of time")
        if sample.at >= rulings.next, isRuled(sample) { return }
        if !doubt.isEmpty { return weigh(sample) }
        if sample.at == last.at {
            leaveOutOfOneInstant(sample)
        } else if fits(sample) {
            advance(to: sample)
        } else if sample.register < last.register, takeBackSpike(before: sample) {
            consider(sample)
        } else {
            doubt.hold(sample)
        }
    }

    private mutating func begin(_ sample: Sample) {
        if sample.at >= rulings.next, rulings.ruling(at: sample.at) == .leaveOut { return }
        bounds.learn(firstRegister: sample.register)
        track.append(at: sample.at, 0)
        movedAt = sample.at
        flat.begin(at: sample.at)
        last = sample
    }

    /// Whether the last reading's register can have counted on to this one; what a coarse register gathers before its next
    /// step took the time since the step before.
    private func fits(_ sample: Sample) -> Bool {
        sample.register >= last.register && sample.register - last.register <= bounds.most(in: sample.at - movedAt)
    }

    private mutating func advance(to sample: Sample) {
        let elapsed = sample.at - last.at
        let step = sample.register - last.register
        guard elapsed > bounds.gapAfter else { return count(sample, step, elapsed) }
        let credited = closeFlat(before: sample)
        interrupt(at: sample)
        track.append(at: sample.at, credited, .estimated, isObserved: false)
        note(.gap, .silence, to: sample, credited: credited)
        if step > 0 { movedAt = sample.at }
        flat.begin(at: sample.at)
        last = sample
    }

    private mutating func leaveOutOfOneInstant(_ sample: Sample) {
        guard sample.register != last.register else { return }
        note(.duplicate, .firstStays, to: sample, credited: 0)
    }

    /// Ends the stretch of one figure before `next` moves on, and gives what that movement is credited with.
    ///
    /// After a stall the register may catch up in one jump: only what the power did not already account for is added.
    @discardableResult
    private mutating func closeFlat(before next: Sample?) -> Int64 {
        let step = next.map { $0.register - last.register } ?? 0
        guard flat.isOpen else { return step }
        let atOnce = next.map { min(step, FlatRun.energy(from: last, to: $0, bounds)) } ?? 0
        let caughtUp = step - atOnce
        guard flat.isStall(resolution: bounds.resolution(movingBy: next == nil ? nil : step), caughtUp: caughtUp) else {
            track.append(at: flat.endedAt, 0)
            return step
        }
        let energy = max(flat.energy, caughtUp)
        var before: Int64 = 0
        for place in flat.course(of: energy) {
            track.append(at: place.at, place.energy - before, .estimated)
            before = place.energy
        }
        events.append(
            RegisterEvent(
                .stall, .powerFlowed, from: Sample(at: flat.startedAt, register: last.register),
                to: Sample(at: flat.endedAt, register: last.register), credited: energy))
        return atOnce
    }

    /// Counts what the power says flowed, where a register in single precision cannot tell.
    private mutating func countByPower(_ sample: Sample, _ step: Int64) -> Bool {
        let energy = FlatRun.energy(from: last, to: sample, bounds)
        guard precision.swallows(energy) else { return false }
        closeFlat(before: nil)
        if let since = byPower?.since.at, sample.at - since > Self.longestByPower { closeByPower() }
        byPower = (byPower?.since ?? last, (byPower?.credited ?? 0) + energy)
        track.append(at: sample.at, energy, .estimated)
        track.beginSegment()
        if step > 0 { move(to: sample, step) } else { flat.begin(at: sample.at) }
        return true
    }

    /// Ends what was told of readings that follow each other.
    private mutating func interrupt(at sample: Sample) {
        closeByPower()
        if stuck.isStuck { noteStuck() }
        stuck.begin(at: sample)
    }

    private mutating func closeByPower() {
        guard let counted = byPower else { return }
        events.append(
            RegisterEvent(.stall, .singlePrecision, from: counted.since, to: last, credited: counted.credited))
        byPower = nil
    }

    private mutating func noteStuck() {
        let since = stuck.since
        events.append(
            RegisterEvent(.stuck, .sameFigure, from: since, to: last, credited: last.register - since.register))
    }

    /// A day, in microseconds: longer stretches are told day by day.
    private static let longestByPower = 24 * 60 * RegisterBounds.minute

    /// Keeps a register that hangs for weeks from taking ever more room.
    private mutating func splitFlat() {
        let end = flat.endedAt
        closeFlat(before: nil)
        flat.begin(at: end)
    }

    private mutating func note(
        _ kind: RegisterEvent.Kind, _ rule: RegisterEvent.Rule, to sample: Sample, credited: Int64
    ) {
        events.append(RegisterEvent(kind, rule, from: last, to: sample, credited: credited))
    }
}

// MARK: Doubtful readings

extension RegisterRepair {
    private mutating func weigh(_ sample: Sample) {
        if fits(sample), doubt.isDisowned(by: sample, goingOnFrom: last, bounds, rate: rate.value) {
            leaveOut(doubt.release(), backAt: sample)
            consider(sample)
        } else {
            doubt.hold(sample)
            if doubt.isOver { settle(isFinal: false) }
        }
    }

    /// Takes the first held reading from which the others count on; without one, leaves out what nothing confirms.
    private mutating func settle(isFinal: Bool) {
        let readings = doubt.release()
        guard let level = confirmedLevel(of: readings) else {
            let kept = isFinal ? 0 : 1
            leaveOut(readings.dropLast(kept), backAt: nil)
            for sample in readings.suffix(kept) { consider(sample) }
            return
        }
        if level > 0 { leaveOut(readings[..<level], backAt: readings[level]) }
        take(readings[level], as: Verdict(from: last, to: readings[level], bounds))
        for sample in readings[(level + 1)...] { append(sample) }
    }

    /// A single reading can be enough where its device tells of a restart, or where the register is known to begin again.
    private func confirmedLevel(of readings: [Sample]) -> Int? {
        if let level = Doubt.confirmedLevel(of: readings, bounds) { return level }
        guard let first = readings.first, readings.count == 1, first.register < last.register else { return nil }
        let isCertain = bounds.rollover(from: last, to: first) != nil || first.hasRestarted(since: last) == true
        return isCertain ? 0 : nil
    }

    /// Several readings of one dip or spike are one event.
    private mutating func leaveOut(_ readings: some BidirectionalCollection<Sample>, backAt next: Sample?) {
        guard let worst = readings.first, let end = next ?? readings.last else { return }
        let kind: RegisterEvent.Kind =
            if worst.wasMadeBefore(last) { .clockJump } else if worst.register > last.register { .implausible } else {
                .glitch
            }
        let rule: RegisterEvent.Rule =
            if kind == .clockJump { .sequence } else if next == nil { .unconfirmed } else { .cameBack }
        events.append(
            RegisterEvent(kind, rule, from: last, to: Sample(at: end.at, register: worst.register), credited: 0))
    }

    private mutating func take(_ sample: Sample, as verdict: Verdict) {
        closeFlat(before: nil)
        interrupt(at: sample)
        let isObserved = verdict.isContinuous && sample.at - last.at <= bounds.gapAfter
        track.append(at: sample.at, verdict.credited, verdict.quality(isObserved: isObserved), isObserved: isObserved)
        note(verdict.kind, verdict.rule, to: sample, credited: verdict.credited)
        last = sample
        if verdict.standsAtHighWater {
            (floor, highWater) = (sample.register, events[events.count - 1].before.milliwattHours)
        }
        if verdict.standsAtHighWater { last.register = highWater }
        track.beginSegment()
        movedAt = sample.at
        flat.begin(at: sample.at)
    }

    private mutating func standAtHighWater(_ sample: inout Sample) {
        if sample.register >= floor { sample.register = highWater } else { (floor, highWater) = (.min, .min) }
    }

    /// Undoes a step up that was small enough to be taken, when the register is back where it was before.
    private mutating func takeBackSpike(before sample: Sample) -> Bool {
        let tail = track.tail
        guard let index = Spike.start(in: tail, register: last.register, back: sample, bounds, last: last) else {
            return false
        }
        let before = Sample(
            at: tail[index].microseconds, register: last.register - (track.cumulative - tail[index].milliwattHours))
        events.removeAll { $0.period.upperBound > tail[index].at }
        events.append(
            RegisterEvent(
                .glitch, .cameBack, from: before, to: Sample(at: sample.at, register: last.register), credited: 0))
        track.takeBack(to: index)
        last = before
        movedAt = before.at
        flat.begin(at: before.at)
        return true
    }
}

// MARK: What people ruled

extension RegisterRepair {
    /// Whether a person's ruling decided about this reading.
    private mutating func isRuled(_ sample: Sample) -> Bool {
        guard let ruling = rulings.ruling(at: sample.at) else { return false }
        while !doubt.isEmpty { settle(isFinal: true) }
        if ruling == .leaveOut {
            note(.glitch, .person, to: sample, credited: 0)
            return true
        }
        guard ruling == .replacement || sample.at > last.at && !fits(sample) else { return false }
        rulings.use()
        take(sample, as: Verdict(ruling, from: last, to: sample))
        return true
    }
}
