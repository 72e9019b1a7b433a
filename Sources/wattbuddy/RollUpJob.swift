import Deployment
import Foundation
import Metering
import Store

/// Readings to consumption by day and hour, for the meters of many households together: one pass over the readings of a batch,
/// one transaction for its results.
struct RollUpJob {
    let stores: Stores
    let asOf: Date
    /// Begin here, whatever is new; nil to go on from where the last one ended.
    let from: LocalDate?

    static let name = "roll-up"
    /// Meters read in one pass.
    private static let batchSize = 256

    /// - Returns: the households that failed, with the reason.
    func run(for households: [Household]) async throws -> [Failure] {
        var progress = Progress(Self.name)
        defer { progress.finish() }
        var failures: [Failure] = []
        var done = 0
        let known = try await stores.households.allMeters()
        let tasks = try await tasks(for: households, among: known)
        let mains = known.filter { $0.meter.role == .main }.map { (household: $0.household, meter: $0.meter.id) }
        let inquiry = OutageInquiry(stores: stores, asOf: asOf, mains: mains)
        for batch in Self.batches(tasks) {
            failures += try await rollUp(batch, inquiry)
            done += batch.count
            progress.show(Double(done) / Double(tasks.count))
        }
        return failures
    }

    /// Meters whose readings are read from the same instant on, in order of their numbers.
    private static func batches(_ tasks: [MeterTask]) -> [[MeterTask]] {
        tasks.reduce(into: []) { batches, task in
            let mayJoin =
                batches.last.map { batch in
                    batch.count < batchSize && batch[0].readFrom == task.readFrom && batch[0].lateUntil == nil
                        && task.lateUntil == nil
                } ?? false
            if mayJoin { batches[batches.count - 1].append(task) } else { batches.append([task]) }
        }
    }

    /// Should the batch fail as a whole, its meters are done one by one, so that one of them stops no other.
    private func rollUp(_ batch: [MeterTask], _ inquiry: OutageInquiry) async throws -> [Failure] {
        do {
            var state = try await roll(batch)
            try await state.lookForCauses(inquiry)
            try await stores.consumption.save(state.rolls, knownBy: asOf)
            return state.failures
        } catch let error where ExitStatus(ofJob: error) != .tryAgainLater {
            guard batch.count > 1 else { return [Self.failure(of: batch[0], error)] }
            var failures: [Failure] = []
            for task in batch { failures += try await rollUp([task], inquiry) }
            return failures
        }
    }

    private func roll(_ batch: [MeterTask]) async throws -> Rolling {
        guard let first = batch.first, let last = batch.last else { return Rolling([]) }
        var batch = batch
        if first.lateUntil != nil { batch = [try await withStoredDays(first)] }
        var state = try await stores.readings.fold(
            Rolling(batch), over: first.meter.id...last.meter.id, from: first.readFrom, knownBy: asOf
        ) { state, meter, reading in state.take(reading, of: meter) }
        state.finish()
        for task in state.asking {
            state.add(try await roll([try await withDaysBefore(task)]))
        }
        return state
    }

    private func withDaysBefore(_ task: MeterTask) async throws -> MeterTask {
        var task = task
        let first = task.first.adding(days: -TrailingWeek.days)
        task.before = try await stores.consumption.series(of: task.meter, from: first, to: task.first).days
        return task
    }

    private func withStoredDays(_ task: MeterTask) async throws -> MeterTask {
        var task = task
        let end = task.clock.date(at: asOf).adding(days: 1)
        let days = try await stores.consumption.series(of: task.meter, from: task.first, to: end).days
        task.stored = Dictionary(uniqueKeysWithValues: days.map { ($0.day, $0) })
        return task
    }

    fileprivate static func failure(of task: MeterTask, _ error: any Error) -> Failure {
        Failure(household: task.household.slug, stage: name, error: error)
    }
}

extension RollUpJob {
    private func tasks(
        for households: [Household], among known: [(household: Int64, meter: Meter)]
    ) async throws -> [MeterTask] {
        let byID = Dictionary(uniqueKeysWithValues: households.map { ($0.id, $0) })
        let meters = known.compactMap { entry in
            byID[entry.household].map { (household: $0, meter: entry.meter) }
        }
        let spans = try await stores.readings.spans(of: meters.map(\.meter))
        let corrections = try await stores.corrections.inForce(at: asOf)
        var wanted: [Int64: LocalDate] = [:]
        for (household, meter) in meters {
            guard let span = spans[meter.id], let day = wantedStart(of: meter, span, household.clock) else { continue }
            wanted[meter.id] = day
        }
        let restarts = try await stores.consumption.restarts(wanted)
        var tasks: [MeterTask] = []
        for (household, meter) in meters {
            guard let span = spans[meter.id], let last = try await lastReading(of: meter, span) else { continue }
            let earliest = household.clock.date(at: span.first)
            let first = wanted[meter.id] == nil ? earliest : restarts[meter.id].map { max($0, earliest) } ?? earliest
            tasks.append(
                MeterTask(
                    household: household, meter: meter, span: span, last: last, first: first,
                    corrections: corrections[meter.id] ?? []))
        }
        return tasks
    }

    /// The day of the first change, or of the last readings that were not settled by then; nil when all is new.
    private func wantedStart(of meter: Meter, _ span: ReadingSpan, _ clock: LocalClock) -> LocalDate? {
        if let from { return from }
        guard let rolledUpTo = span.rolledUpTo else { return nil }
        let changed = min(span.changedFrom ?? rolledUpTo, rolledUpTo, asOf)
        return clock.date(at: changed.addingTimeInterval(-meter.limits.settlingTime))
    }

    private func lastReading(of meter: Meter, _ span: ReadingSpan) async throws -> Date? {
        span.last <= asOf ? span.last : try await stores.readings.last(of: meter, knownBy: asOf)
    }
}

/// A batch on its way: the readings of one meter after the other.
private struct Rolling: Sendable {
    private let tasks: [MeterTask]
    private var next = 0
    /// Whose readings come now.
    private var current: Int64?
    private var roll: DayRoll?
    private(set) var rolls: [MeterRoll] = []
    private(set) var failures: [Failure] = []
    /// The times without readings, by the meter's number.
    private var silences: [Int64: (task: MeterTask, periods: [Range<Date>])] = [:]
    /// Those that met a gap and must know the weeks before it.
    private(set) var asking: [MeterTask] = []

    init(_ tasks: [MeterTask]) {
        self.tasks = tasks
    }

    mutating func take(_ reading: Reading, of meter: Int64) {
        if current != meter { move(to: meter) }
        roll?.append(reading)
    }

    private mutating func move(to meter: Int64) {
        close()
        current = meter
        while next < tasks.count, tasks[next].meter.id < meter { next += 1 }
        roll = next < tasks.count && tasks[next].meter.id == meter ? tasks[next].roll() : nil
    }

    mutating func finish() {
        close()
        current = nil
    }

    mutating func add(_ other: Rolling) {
        rolls += other.rolls
        failures += other.failures
        silences.merge(other.silences) { _, new in new }
    }

    /// For the meters that are billed.
    mutating func lookForCauses(_ inquiry: OutageInquiry) async throws {
        for index in rolls.indices {
            guard let (task, periods) = silences[rolls[index].meter], task.meter.role == .main else { continue }
            rolls[index].outages = try await inquiry.outages(of: task, silences: periods)
        }
    }

    private mutating func close() {
        guard var finished = roll, next < tasks.count else { return }
        let task = tasks[next]
        roll = nil
        do {
            let result = try task.result(of: &finished)
            let isFromStart = task.first <= task.clock.date(at: task.span.first)
            if finished.hasSpread, !isFromStart, task.before.isEmpty {
                asking.append(task)
            } else {
                rolls.append(result)
                if !finished.silences.isEmpty { silences[task.meter.id] = (task, finished.silences) }
            }
        } catch { failures.append(RollUpJob.failure(of: task, error)) }
    }
}
