import Foundation
import Metering

/// How well the causes of outages are found, on homes whose outages are known.
package struct OutageTrials: Sendable {
    /// Evidence that can be taken away.
    package struct Evidence: OptionSet, Hashable, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        package static let numbers = Evidence(rawValue: 1)
        package static let household = Evidence(rawValue: 2)
        package static let elsewhere = Evidence(rawValue: 4)
        package static let all: Evidence = [.numbers, .household, .elsewhere]
    }

    private struct Pair: Hashable {
        let truth: Outage.Cause
        let found: Outage.Cause
    }

    private var counts: [Pair: Int] = [:]
    private static let causes: [Outage.Cause] = [.powerCut, .networkLost, .deviceRestarted, .serverDown]

    package init(seeds: ClosedRange<UInt64>, with evidence: Evidence = .all) {
        for seed in seeds {
            var home = OutageHome(seed: seed)
            for (truth, found) in home.play(with: evidence) {
                counts[Pair(truth: truth, found: found), default: 0] += 1
            }
        }
    }

    /// The mean of the causes' F1 (the harmonic mean of precision and recall).
    package var macroF1: Double {
        Self.causes.map(f1).reduce(0, +) / Double(Self.causes.count)
    }

    private func f1(_ cause: Outage.Cause) -> Double {
        let right = Double(counts[Pair(truth: cause, found: cause)] ?? 0)
        let found = counts.filter { $0.key.found == cause }.reduce(0) { $0 + $1.value }
        let truths = counts.filter { $0.key.truth == cause }.reduce(0) { $0 + $1.value }
        return found + truths == 0 ? 1 : 2 * right / Double(found + truths)
    }

    /// Share of all outages that got a cause which was not theirs.
    package var wrongShare: Double {
        share { $0.found != $0.truth && $0.found != .unknown }
    }

    package var unknownShare: Double {
        share { $0.found == .unknown }
    }

    private func share(_ isMeant: (Pair) -> Bool) -> Double {
        let all = counts.values.reduce(0, +)
        return Double(counts.filter { isMeant($0.key) }.reduce(0) { $0 + $1.value }) / Double(max(1, all))
    }
}

/// A home with three meters, and the meters of three other homes at the same server.
private struct OutageHome {
    private var random: SeededGenerator
    private static let minutes = 10 * 1440
    private static let start = 1_741_000_000

    private struct Event {
        let cause: Outage.Cause
        let minutes: Range<Int>
        /// Whether all of the home was without network.
        let isWholeHome: Bool
    }

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed &* 77)
    }

    /// The true and the found cause of each outage of the first meter.
    mutating func play(with evidence: OutageTrials.Evidence) -> [(Outage.Cause, Outage.Cause)] {
        let events = planned()
        let home = (0..<3).map { meter(number: $0, events, isAtHome: true, evidence) }
        let others = (0..<3).map { meter(number: 10 + $0, events, isAtHome: false, evidence) }
        let limits = RegisterLimits()
        func silences(_ histories: some Sequence<RegisterHistory>) -> [DeviceSilence] {
            histories.map { DeviceSilence(of: $0, after: limits.gapAfter) }
        }
        let ledger = OutageLedger(
            of: home[0], repaired: RepairedRegister(home[0], limits: limits), limits: limits,
            household: evidence.contains(.household) ? silences(home.dropFirst()) : [],
            elsewhere: evidence.contains(.elsewhere) ? silences(others) : [])
        return events.map { event in
            let middle = Self.instant((event.minutes.lowerBound + event.minutes.upperBound) / 2)
            return (event.cause, ledger.outages.first { $0.period.contains(middle) }?.cause ?? .unknown)
        }
    }

    /// Two a day at the most, so that they do not touch.
    private mutating func planned() -> [Event] {
        (1..<18).compactMap { half in
            guard random.happens(0.7) else { return nil }
            let causes: [Outage.Cause] = [.powerCut, .networkLost, .deviceRestarted, .serverDown]
            let cause = causes[random.number(in: 0...3)]
            let length = cause == .deviceRestarted ? random.number(in: 12...40) : random.number(in: 12...240)
            let start = half * 720 + random.number(in: 0...300)
            return Event(cause: cause, minutes: start..<start + length, isWholeHome: random.happens(0.5))
        }
    }

    private mutating func meter(
        number: Int, _ events: [Event], isAtHome: Bool, _ evidence: OutageTrials.Evidence
    ) -> RegisterHistory {
        var load = ZooLoad(random: SeededGenerator(seed: random.next()))
        var (register, boot, sequence) = (Int64(number + 1) * 1_000_000_000, Int32(1), Int64(0))
        var readings: [Reading] = []
        for minute in 0..<Self.minutes {
            let event = events.first { $0.minutes.contains(minute) }
            let isOff = event.map { Self.turnsOff($0, number, isAtHome) } ?? false
            if isOff {
                if event?.minutes.lowerBound == minute { (boot, sequence) = (boot + 1, 0) }
                continue
            }
            register += Int64(load.watts(at: minute * 60, over: 60) * 1000 / 60)
            sequence += 1
            if let event, Self.silences(event, number, isAtHome) { continue }
            let hasNumbers = evidence.contains(.numbers)
            readings.append(
                Reading(
                    at: Self.instant(minute), register: Energy(milliwattHours: register),
                    bootID: hasNumbers ? boot : nil, sequence: hasNumbers ? sequence : nil))
        }
        return RegisterHistory(readings)
    }

    private static func turnsOff(_ event: Event, _ number: Int, _ isAtHome: Bool) -> Bool {
        switch event.cause {
        case .powerCut: isAtHome
        case .deviceRestarted: number == 0
        case .networkLost, .serverDown, .unknown: false
        }
    }

    private static func silences(_ event: Event, _ number: Int, _ isAtHome: Bool) -> Bool {
        switch event.cause {
        case .serverDown: true
        case .networkLost: number == 0 || isAtHome && event.isWholeHome
        case .powerCut, .deviceRestarted, .unknown: false
        }
    }

    private static func instant(_ minute: Int) -> Date {
        Date(timeIntervalSince1970: Double(start + minute * 60))
    }
}
