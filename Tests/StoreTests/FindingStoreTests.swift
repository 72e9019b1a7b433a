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
