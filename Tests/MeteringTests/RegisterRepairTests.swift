import Foundation
import Metering
import Simulation
import TestSupport
import Testing

struct RegisterRepairTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let registers: [Double]
        let kilowattHours: Double
        let events: [RegisterEvent.Kind]

        init(_ name: String, _ registers: [Double], _ kilowattHours: Double, _ events: [RegisterEvent.Kind]) {
            testDescription = name
            self.registers = registers
            self.kilowattHours = kilowattHours
            self.events = events
        }
    }

    @Test(arguments: [
        Case("a five-digit meter begins again", [99999.7, 99999.8, 0.3], 0.6, [.rollover]),
        Case("only two readings, across the last figure", [99999.8, 0.3], 0.5, [.rollover]),
        Case("2^23 tenths of a watt-hour", [838.85, 838.86, 0.0092, 0.02], 0.0308, [.rollover]),
        Case("far from any last figure nothing rolls over", [99000.7, 99000.8, 0.3, 0.4], 0.5, [.reset]),
        Case("a flash restored late", [0.003, 0.003128, 0.003083, 0.003128, 0.003173], 0.000218, [.rollback]),
        Case("a dip to a part of the register", [1000, 1000.1, 950, 1000.2], 0.2, [.glitch]),
        Case("a dip of three readings that differ", [1000, 1000.1, 3, 0, 7, 1000.4], 0.4, [.glitch]),
        Case("a spike that the breaker forbids", [10, 10.1, 4000, 4010, 10.4], 0.4, [.implausible]),
        Case("a small spike that goes back", [10, 10.01, 10.02, 10.6, 10.04, 10.05], 0.05, [.glitch]),
        Case("another meter with a lower figure", [4000, 4000.1, 317, 317.1, 317.2], 0.3, [.replacement]),
        Case("garbage before a restart", [1000, 1000.1, 44, 0, 0.1, 0.2, 0.3], 0.4, [.glitch, .reset]),
        Case("a last reading of zero decides nothing", [1000, 1000.1, 0], 0.1, [.glitch]),
        Case("a last reading far above decides nothing", [1000, 1000.1, 9000], 0.1, [.implausible]),
        Case("a register that stands at zero after its restart", [1000, 1000.1, 0, 0, 0], 0.1, [.reset]),
        Case("one reading", [5], 0, []),
    ])
    func theVerdictIsRight(_ example: Case) throws {
        let register = RepairedRegister(RegisterHistory(minutes(example.registers)))
        #expect(register.events.map(\.kind) == example.events)
        #expect(register.total == Energy(kilowattHours: example.kilowattHours))
    }

    @Test(arguments: [99_999, 100_000])
    func aModulusOfNinesIsTheLastFigureShown(kilowattHours: Int) {
        let limits = RegisterLimits(modulus: .kilowattHours(kilowattHours))
        let register = RepairedRegister(RegisterHistory(minutes([99_999.8, 0.3])), limits: limits)
        #expect(register.total == Energy(kilowattHours: 0.5))
    }

    @Test func aToldModulusIsTheOnlyOne() {
        let limits = RegisterLimits(modulus: .kilowattHours(50))
        let own = RepairedRegister(RegisterHistory(minutes([49.9, 0.1, 0.2])), limits: limits)
        #expect(own.total == Energy(kilowattHours: 0.3))
        let other = RepairedRegister(RegisterHistory(minutes([99_999.8, 0.3, 0.4])), limits: limits)
        #expect(other.events.map(\.kind) == [.reset])
    }

    /// The register fell by 0.15 kWh. After a restart what it counts from there on is new; without one it is a fault of
    /// display, and what it counts up to the old figure was counted before.
    @Test(arguments: [(2, 0.5, RegisterEvent.Rule.restarted), (1, 0.35, .notRestarted)])
    func aRollbackIsReckonedByWhetherTheDeviceRestarted(boot: Int, kilowattHours: Double, rule: RegisterEvent.Rule) {
        let before = (0...10).map { 100 + Double($0) * 0.01 }
        let after = (0...40).map { 99.95 + Double($0) * 0.01 }
        let readings = minutes(before + after).enumerated().map { index, reading in
            var reading = reading
            reading.bootID = index <= 10 ? 1 : Int32(boot)
            return reading
        }
        let register = RepairedRegister(RegisterHistory(readings))
        #expect(register.events.map(\.kind) == [.rollback])
        #expect(register.events.map(\.rule) == [rule])
        #expect(register.total == Energy(kilowattHours: kilowattHours))
    }

    @Test func theDevicesNumbersTellARestartFromADip() {
        let registers = [0.5, 0.6, 0.1, 0.65, 0.7]
        for (boots, kind) in [([1, 1, 2, 2, 2], RegisterEvent.Kind.reset), ([1, 1, 1, 1, 1], .glitch)] {
            let readings = zip(minutes(registers), boots).map { reading, boot in
                var reading = reading
                reading.bootID = Int32(boot)
                return reading
            }
            #expect(RepairedRegister(RegisterHistory(readings)).events.map(\.kind) == [kind])
        }
    }

    @Test func aCoarseRegisterWaitingForItsNextStepIsNoStall() {
        // 60 W moves a register of 0.1 kWh once in 100 minutes.
        let readings = minutes((0..<600).map { (Double($0) * 0.001 * 10).rounded(.down) / 10 + 7.3 }).map {
            $0.drawing(60)
        }
        #expect(RepairedRegister(RegisterHistory(readings)).events.isEmpty)
    }

    /// A kilowatt for three hours; the register hangs in the second.
    private func hanging(catchesUp: Bool) -> [Reading] {
        minutes((0...180).map { Double($0) / 60 }).map { reading in
            let minute = Int(reading.register.kilowattHours * 60 + 0.5)
            let lost: Double = minute < 60 ? 0 : minute <= 120 ? Double(minute - 60) / 60 : catchesUp ? 0 : 1
            let shown = Energy(milliwattHours: Int64(((Double(minute) / 60 - lost) * 1e6).rounded()))
            return Reading(at: reading.at, register: shown, power: 1000)
        }
    }

    @Test(arguments: [true, false])
    func aStallIsReckonedFromThePowerAndNotCountedTwice(catchesUp: Bool) throws {
        let register = RepairedRegister(RegisterHistory(hanging(catchesUp: catchesUp)))
        #expect(register.events.map(\.kind) == [.stall])
        let start = try #require(register.span).lowerBound
        let hours = register.consumption(between: (0...3).map { start.addingTimeInterval(Double($0) * 3600) })
        for hour in hours { #expect(abs(hour.energy.kilowattHours - 1) < 0.001) }
        #expect(hours.map(\.quality.rawValue) == [0, Quality.estimated.rawValue, 0])
        #expect(hours.allSatisfy { $0.coverage.isComplete })
    }

    @Test func aSinglePrecisionRegisterThatSwallowsTwoHundredWattsIsAStall() {
        var sum: Float = 8192
        let readings = (0..<1000).map { number in
            sum += Float(200.0 * 5 / 3_600_000)
            return Reading(
                at: Date(timeIntervalSince1970: 1e9 + Double(number) * 5),
                register: Energy(milliwattHours: Int64(Double(sum) * 1e6)), power: 200)
        }
        let register = RepairedRegister(RegisterHistory(readings))
        #expect(register.events.map(\.kind) == [.stall])
        #expect(abs(register.total.kilowattHours - 999 * 5 * 200 / 3_600_000) < 0.0001)
    }

    @Test func theClockThatWasWrongIsFoundByTheSequence() {
        var readings = minutes((0..<200).map { 50 + Double($0) * 0.01 }).enumerated().map { index, reading in
            var reading = reading
            (reading.bootID, reading.sequence) = (1, Int64(index))
            return reading
        }
        for index in 50..<55 {
            let wrong = readings[index]
            readings[index] = Reading(
                at: wrong.at.addingTimeInterval(3630), register: wrong.register, bootID: 1, sequence: wrong.sequence)
        }
        let register = RepairedRegister(RegisterHistory(readings))
        #expect(register.total == Energy(kilowattHours: 1.99))
        #expect(register.events.allSatisfy { $0.kind == .clockJump })
        #expect(register.events.count == 5)
    }

    @Test func twoReadingsOfOneInstantThatDisagreeAreTold() {
        var readings = minutes([1, 1.1, 1.2])
        readings.append(Reading(at: readings[1].at, register: Energy(milliwattHours: 1_150_000)))
        let register = RepairedRegister(RegisterHistory(readings))
        #expect(register.events.map(\.kind) == [.duplicate])
        #expect(register.total == Energy(kilowattHours: 0.2))
    }

    @Test func whatIsHeldIsBoundedHoweverManyReadingsCome() {
        var repair = RegisterRepair()
        var (most, points) = (0, 0)
        for number in 0..<60_000 {
            // Moves, hangs under load, and falls to zero at times.
            let hung = number / 20_000 == 1 ? 20_000 : number
            let shown = number % 997 == 5 ? 0 : 1_000_000 + hung * 100
            repair.append(
                Reading(
                    at: Date(timeIntervalSince1970: 1e9 + Double(number) * 30),
                    register: Energy(milliwattHours: Int64(shown)), power: 12))
            points += repair.takePoints().count
            _ = repair.takeEvents()
            most = max(most, repair.heldCount)
        }
        repair.finish()
        points += repair.takePoints(isFinished: true).count
        #expect(most < 5000)
        #expect(points > 20_000)
    }

    @Test func handedOutPieceByPieceTheRegisterIsTheSame() {
        for trap in [Trap.mixture, .clockJump, .stall, .singlePrecision] {
            let history = TrapZoo.history(trap, seed: 5, size: 2000)
            let readings = RegisterHistory(history.readings).readings
            var repair = RegisterRepair(limits: history.limits)
            var (points, events): ([RepairedPoint], [RegisterEvent]) = ([], [])
            for reading in readings {
                repair.append(reading)
                points += repair.takePoints()
                events += repair.takeEvents()
            }
            repair.finish()
            points += repair.takePoints(isFinished: true)
            events += repair.takeEvents(isFinished: true)
            let whole = RepairedRegister(RegisterHistory(readings), limits: history.limits)
            #expect(points == whole.points)
            #expect(events == whole.events)
        }
    }
}

extension RepairedRegister {
    var total: Energy {
        guard let span else { return .zero }
        return consumption(between: [span.lowerBound, span.upperBound]).map(\.energy).sum()
    }
}

extension Reading {
    func drawing(_ watts: Float) -> Reading {
        var reading = self
        reading.power = watts
        return reading
    }
}
