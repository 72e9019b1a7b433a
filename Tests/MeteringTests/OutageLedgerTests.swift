import Foundation
import Metering
import Simulation
import TestSupport
import Testing

struct OutageLedgerTests {
    @Test func theCausesOfOutagesAreFound() {
        let trials = OutageTrials(seeds: 1...6)
        #expect(trials.macroF1 >= 0.9)
    }

    @Test(arguments: 0...6)
    func withoutEvidenceTheCauseIsUnknownRatherThanWrong(evidence: Int) {
        let trials = OutageTrials(seeds: 1...3, with: OutageTrials.Evidence(rawValue: evidence))
        #expect(trials.wrongShare <= 0.03)
    }

    @Test func anUptimeShorterThanTheOutageTellsARestart() throws {
        let before = constantLoad(
            kilowatts: 1, from: try instant("2025-06-01T00:00:00Z"), to: try instant("2025-06-01T02:00:00Z"))
        let after = constantLoad(
            kilowatts: 1, from: try instant("2025-06-01T03:00:00Z"), to: try instant("2025-06-01T05:00:00Z")
        )
        .map { Reading(at: $0.at, register: $0.register + .kilowattHours(2)) }
        let history = RegisterHistory(before + after)
        let ledger = OutageLedger(
            of: history, repaired: RepairedRegister(history), limits: RegisterLimits(), uptimes: [after[0].at: 20])
        #expect(ledger.outages.map(\.cause) == [.powerCut])
        let blind = OutageLedger(of: history, repaired: RepairedRegister(history), limits: RegisterLimits())
        #expect(blind.outages.map(\.cause) == [.unknown])
    }

    @Test func aMonthIsSummedUpByCause() throws {
        let clock = try LocalClock.at("Asia/Kolkata")
        let start = clock.start(of: "2025-06-10")
        let outages = [
            Outage(over: start..<start.addingTimeInterval(3600), cause: .powerCut, energy: .zero),
            Outage(
                over: start.addingTimeInterval(9000)..<start.addingTimeInterval(9900), cause: .powerCut, energy: .zero),
            Outage(
                over: start.addingTimeInterval(20_000)..<start.addingTimeInterval(21_000), cause: .unknown,
                energy: .kilowattHours(1)),
        ]
        let summary = OutageSummary(outages, ofTotal: .kilowattHours(50))
        #expect(
            summary.lines == [
                OutageSummary.Line(cause: .powerCut, count: 2, seconds: 4500),
                OutageSummary.Line(cause: .unknown, count: 1, seconds: 1000),
            ])
        #expect(summary.estimatedShare == 0.02)
    }
}
