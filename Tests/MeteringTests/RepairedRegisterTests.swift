import Foundation
import Metering
import Simulation
import TestSupport
import Testing

struct RepairedRegisterTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let registers: [Double]
        let kilowattHours: Double
        let events: [RegisterEvent.Kind]
        var testDescription: String { "\(registers)" }
    }

    @Test(
        "the published wrong answers come out right",
        arguments: [
            Vector(registers: [1000, 1000.1, 0, 1000.2], kilowattHours: 0.2, events: [.glitch]),
            Vector(registers: [1000, 1000.1, 0, 0.2], kilowattHours: 0.3, events: [.reset]),
            Vector(registers: [1000, 1000.1, 950, 1000.2], kilowattHours: 0.2, events: [.glitch]),
            Vector(registers: [1000, 1000.1, 0, 0, 1000.2], kilowattHours: 0.2, events: [.glitch]),
            Vector(registers: [1000, 1000.1, 5000, 1000.2], kilowattHours: 0.2, events: [.implausible]),
            Vector(registers: [5, 5.1, 5.09, 5.095, 5.11], kilowattHours: 0.12, events: [.rollback]),
            Vector(registers: [7, 7.1, 7.2], kilowattHours: 0.2, events: []),
        ])
    func theVerdictIsRight(_ vector: Vector) throws {
        let history = RegisterHistory(minutes(vector.registers))
        let register = RepairedRegister(history)
        let span = try #require(register.span)
        let whole = try #require(
            register.consumption(between: [span.lowerBound, span.upperBound]).first)
        #expect(whole.energy == Energy(milliwattHours: Int64((vector.kilowattHours * 1e6).rounded())))
        #expect(register.events.map(\.kind) == vector.events)
    }

    @Test func anotherRegisterIsCreditedWithNothingAcrossTheChange() throws {
        let register = RepairedRegister(
            RegisterHistory(minutes([10, 10.1, 4000, 4000.1, 4000.2, 4000.3])))
        let span = try #require(register.span)
        #expect(
            register.consumption(between: [span.lowerBound, span.upperBound]).map(\.energy) == [
                Energy(milliwattHours: 400_000)
            ])
        #expect(register.events.map(\.kind) == [.replacement])
    }

    @Test func aGapKeepsItsEnergyAndLowersCoverage() throws {
        let start = try instant("2025-06-01T00:00:00Z")
        let readings = constantLoad(kilowatts: 1, from: start, to: start.addingTimeInterval(86_400))
            .filter { !(7200.0..<14_400).contains($0.at.timeIntervalSince(start)) }
        let register = RepairedRegister(RegisterHistory(readings))
        let hours = register.consumption(
            between: (0...24).map { start.addingTimeInterval(Double($0) * 3600) })
        #expect(hours.map(\.energy).sum() == .kilowattHours(24))
        #expect(hours[3].coverage.observedSeconds == 0)
        #expect(hours[3].quality == .estimated)
        #expect(hours[4].quality == .measured)
        #expect(register.events.map(\.kind) == [.gap])
    }

    @Test func beforeTheFirstReadingNothingIsKnown() throws {
        let register = RepairedRegister(RegisterHistory(minutes([1, 2])))
        let span = try #require(register.span)
        let before = register.consumption(between: [
            span.lowerBound.addingTimeInterval(-3600), span.lowerBound,
        ])
        #expect(before.map(\.energy) == [.zero])
        #expect(before.map(\.isKnown) == [false])
    }

    @Test func thePartsOfRandomHistoriesAddUpToTheWhole() throws {
        for seed in 0..<200 {
            var generator = SeededGenerator(seed: UInt64(seed))
            let history = RegisterHistory(randomReadings(with: &generator))
            let register = RepairedRegister(history)
            let span = try #require(register.span)
            let cuts = (0..<20).map { _ in
                span.lowerBound.addingTimeInterval(.random(in: 0...span.seconds, using: &generator))
            }
            let boundaries = ([span.lowerBound, span.upperBound] + cuts).sorted()
            let parts = register.consumption(between: boundaries)
            let whole = register.consumption(between: [span.lowerBound, span.upperBound])
            #expect(parts.map(\.energy).sum() == whole[0].energy, "seed \(seed)")
            #expect(parts.allSatisfy { $0.energy >= .zero }, "seed \(seed)")
        }
    }

    /// A register with resets, glitches and lost readings.
    private func randomReadings(with generator: inout SeededGenerator) -> [Reading] {
        var register: Int64 = .random(in: 0...1_000_000_000, using: &generator)
        return (0..<500).compactMap { minute in
            register += .random(in: 0...50_000, using: &generator)
            let fate = Int.random(in: 0..<100, using: &generator)
            if fate == 0 { register = 0 }
            guard fate != 1 else { return nil }
            let shown = fate == 2 ? 0 : register
            return Reading(
                at: Date(timeIntervalSince1970: Double(minute) * 60),
                register: Energy(milliwattHours: shown))
        }
    }
}
