import Analysis
import Foundation
import Metering
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct FindingStoreTests {
    private func meter() async throws -> Meter {
        let households = HouseholdStore(try .scratch)
        return try await households.saveMeter(
            named: "main", of: try await households.sample(), role: .main, cadence: 60)
    }

    private func finding(_ kind: NightFinding.Kind, on day: String, extra: Energy? = nil) throws -> NightFinding {
        let start = try instant("\(day)T00:00:00Z")
        return NightFinding(
            kind: kind, period: start..<start + 86_400, observed: 20, usual: 6, extra: extra, score: 5.5)
    }

    private func whole() throws -> Range<Date> {
        try instant("2025-06-01T00:00:00Z")..<instant("2025-07-01T00:00:00Z")
    }

    @Test func aNightThatIsReviewedAgainKeepsNumbersAndLeavesNothingOld() async throws {
        let (store, meter) = (FindingStore(try .scratch), try await meter())
        let high = try finding(.highDay, on: "2025-06-10", extra: .kilowattHours(14))
        let gap = try finding(.gap, on: "2025-06-12")
        let nights: [(night: LocalDate, finding: NightFinding)] = [("2025-06-10", high), ("2025-06-12", gap)]
        for found in [nights, Array(nights.prefix(1))] {
            try await store.save(found, of: meter, from: "2025-06-01", to: "2025-06-29", voltageFrom: "2025-06-26")
        }
        let stored = try await store.findings(of: meter, in: try whole(), nightsBefore: "2025-07-01")
        #expect(stored.map(\.finding) == [high])
        #expect(stored.map(\.id) == [1])
        #expect(try await store.findings(of: meter, in: try whole(), nightsBefore: "2025-06-10").isEmpty)
    }

    @Test func theEvidenceIsKeptToTheLastBit() async throws {
        let (store, meter) = (FindingStore(try .scratch), try await meter())
        let start = try instant("2025-06-10T00:00:00Z")
        let jump = BillJumpFacts(
            reason: .cliff, odds: 0.9125, cost: 490_00, dailyBudget: 8, dailyPace: 9.333, crossing: "2025-06-27",
            earliest: "2025-06-26", latest: nil)
        let evidence = FindingEvidence(
            .steps(from: start, seconds: 3600), observed: [0.1, nil, 700.125], low: [nil, 2, 3], high: [nil, 4, 3],
            marked: 1..<3, jump: jump)
        let finding = NightFinding(
            kind: .billJump, period: start..<start + 86_400, observed: 270, usual: 250, score: 8, evidence: evidence)
        try await store.save(
            [("2025-06-10", finding)], of: meter, from: "2025-06-01", to: "2025-06-12", voltageFrom: "2025-06-09")
        #expect(try await store.all(of: meter).map(\.finding) == [finding])
        #expect(try await store.jumps(of: meter, through: "2025-06-10") == [finding])
        #expect(try await store.jumps(of: meter, through: "2025-06-09").isEmpty)
    }

    @Test func aReviewGoesOnUnlessDaysBeforeItWereRolledUpAnew() async throws {
        let (store, meter) = (FindingStore(try .scratch), try await meter())
        let mark = NightMark(day: "2025-06-10", basis: "1 Asia/Kolkata", memory: Data([1, 2, 3]))
        try await store.noteReview(of: meter, seen: nil, mark)
        #expect(try await store.mark(of: meter) == mark)
        func roll(from first: LocalDate) async throws {
            let roll = MeterRoll(
                meter: meter.id, first: first, start: try instant("2025-06-01T00:00:00Z"), days: [], events: [],
                changes: 0)
            try await ConsumptionStore(try .scratch).save([roll], knownBy: try instant("2025-06-14T00:00:00Z"))
        }
        try await roll(from: "2025-06-12")
        #expect(try await store.mark(of: meter) == mark, "the days up to the tenth are as they were")
        try await roll(from: "2025-06-10")
        try await roll(from: "2025-06-13")
        #expect(try await store.mark(of: meter) == nil)
        #expect(try await store.unreviewedFrom(meter) == "2025-06-10")
        try await store.noteReview(of: meter, seen: "2025-06-12", nil)
        #expect(try await store.unreviewedFrom(meter) == "2025-06-10", "what was rolled up meanwhile is not reviewed")
        try await store.noteReview(of: meter, seen: "2025-06-10", nil)
        #expect(try await store.unreviewedFrom(meter) == nil)
    }

    @Test func olderVoltageTroubleStays() async throws {
        let (store, meter) = (FindingStore(try .scratch), try await meter())
        let voltage = try finding(.voltage, on: "2025-06-10")
        try await store.save(
            [("2025-06-10", voltage)], of: meter, from: "2025-06-01", to: "2025-06-12", voltageFrom: "2025-06-09")
        try await store.save([], of: meter, from: "2025-06-01", to: "2025-06-29", voltageFrom: "2025-06-26")
        #expect(try await store.all(of: meter).map(\.finding) == [voltage])
    }

    @Test func aWordIsRememberedAndSurvivesAReview() async throws {
        let (store, meter) = (FindingStore(try .scratch), try await meter())
        let high = try finding(.highDay, on: "2025-06-10")
        let night: [(night: LocalDate, finding: NightFinding)] = [("2025-06-10", high)]
        try await store.save(night, of: meter, from: "2025-06-01", to: "2025-06-12", voltageFrom: "2025-06-09")
        let said = try instant("2025-06-13T09:00:00Z")
        let id = try #require(try await store.all(of: meter).first).id
        try await store.judgeFine(id, of: meter, by: "Asha", at: said)
        for found in [night, []] {
            try await store.save(found, of: meter, from: "2025-06-01", to: "2025-06-20", voltageFrom: "2025-06-17")
        }
        #expect(try await store.all(of: meter).map(\.fineAt) == [said])
        #expect(try await store.feedback(of: meter, at: said) == [FindingFeedback(kind: .highDay, at: said)])
        #expect(try await store.feedback(of: meter, at: said - 1).isEmpty)
        await #expect(throws: StoreError.self) {
            try await store.judgeFine(999, of: meter, by: "Asha", at: said)
        }
    }
}
