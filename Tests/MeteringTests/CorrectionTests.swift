import Foundation
import Metering
import TestSupport
import Testing

struct CorrectionTests {
    private let start = Date(timeIntervalSince1970: 1_000_000_000)

    private func correction(
        from first: Double, to last: Double, _ change: Correction.Change, at decided: Double = 0
    ) -> Correction {
        Correction(
            by: "meera", because: "read at the meter", at: start.addingTimeInterval(1e6 + decided),
            over: start.addingTimeInterval(first * 60)..<start.addingTimeInterval(last * 60), change)
    }

    private func repaired(_ registers: [Double], _ corrections: [Correction]) -> RepairedRegister {
        RepairedRegister(RegisterHistory(minutes(registers, from: start)), corrections: corrections)
    }

    struct Case: Sendable {
        let ruling: Correction.Ruling
        let registers: [Double]
        let kilowattHours: Double
        let kind: RegisterEvent.Kind
    }

    @Test(
        "a person's ruling overrules the verdict",
        arguments: [
            Case(ruling: .counted, registers: [10, 10.1, 13, 13.1, 13.2], kilowattHours: 3.2, kind: .correction),
            Case(
                ruling: .replacement, registers: [10, 10.1, 10.5, 10.6, 10.7], kilowattHours: 0.3, kind: .replacement),
            Case(ruling: .reset, registers: [10, 10.1, 7, 7.1, 7.2], kilowattHours: 7.3, kind: .reset),
            Case(
                ruling: .rollover(modulus: .kilowattHours(20)), registers: [10, 10.1, 7, 7.1, 7.2], kilowattHours: 17.2,
                kind: .rollover),
            Case(ruling: .rollback, registers: [10, 10.1, 0.2, 0.3, 0.4], kilowattHours: 0.3, kind: .rollback),
        ])
    func aRulingOverrulesTheVerdict(_ example: Case) {
        let register = repaired(example.registers, [correction(from: 1.5, to: 2.5, .ruling(example.ruling))])
        #expect(register.events.map(\.kind) == [example.kind])
        #expect(register.events.map(\.rule) == [.person])
        #expect(register.total == Energy(kilowattHours: example.kilowattHours))
    }

    @Test func readingsThatAPersonLeavesOutAreAsIfTheyWereAbsent() {
        let registers = [10, 10.1, 10.9, 10.9, 10.4, 10.5]
        let register = repaired(registers, [correction(from: 1.5, to: 3.5, .ruling(.leaveOut))])
        #expect(register.total == Energy(kilowattHours: 0.5))
        #expect(register.events.allSatisfy { $0.rule == .person })
    }

    @Test func aValueHoldsForItsPeriodAndLeavesTheRestAsItWas() {
        let registers = (0...60).map { 5 + Double($0) * 0.01 }
        let given = Energy.kilowattHours(2)
        let register = repaired(registers, [correction(from: 20, to: 30, .consumption(given))])
        let parts = register.consumption(
            between: [0, 20, 25, 30, 60].map { start.addingTimeInterval($0 * 60) })
        #expect(parts[0].energy == Energy(kilowattHours: 0.2))
        #expect(parts[1].energy + parts[2].energy == given)
        #expect(parts[1].quality == [.estimated, .corrected])
        #expect(parts[1].coverage.observedSeconds == 0)
        #expect(parts[3].energy == Energy(kilowattHours: 0.3))
        #expect(parts[3].quality == .measured)
        #expect(register.events.map(\.kind) == [.correction])
    }

    @Test func ofTwoValuesForOnePeriodTheOneDecidedLastHolds() {
        let registers = (0...60).map { 5 + Double($0) * 0.01 }
        let first = correction(from: 20, to: 30, .consumption(.kilowattHours(2)))
        let second = correction(from: 20, to: 30, .consumption(.kilowattHours(1)), at: 60)
        for order in [[first, second], [second, first]] {
            #expect(repaired(registers, order).total == Energy(kilowattHours: 1.5))
        }
    }

    @Test func aValueMayStandWhereThereWereNoReadings() {
        let register = repaired([5, 5.1], [correction(from: -60, to: 0, .consumption(.kilowattHours(3)))])
        #expect(register.total == Energy(kilowattHours: 3.1))
    }

    @Test func withoutTheRecordTheFirstVerdictIsBack() {
        let registers = [10, 10.1, 13, 13.1, 13.2]
        #expect(repaired(registers, []).events.map(\.kind) == [.replacement])
    }
}
