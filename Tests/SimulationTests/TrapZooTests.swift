import Foundation
import Metering
import Simulation
import TestSupport
import Testing

struct TrapZooTests {
    private static let table = ErrorTable(seeds: 1...6, size: 3000)

    @Test(arguments: Trap.allCases)
    func ourErrorIsAtMostHalfAPerCentAndNoSystemsIsLess(trap: Trap) throws {
        let row = try #require(Self.table.rows.first { $0.trap == trap })
        #expect(row.ours.total <= 0.005)
        for (baseline, theirs) in row.theirs {
            #expect(row.ours.total <= theirs.total + 0.000_01, "\(baseline.rawValue)")
            #expect(row.ours.daily <= theirs.daily + 0.000_01, "\(baseline.rawValue)")
        }
    }

    @Test func aRestartAndADipAreToldApart() {
        #expect(RestartTrials(seeds: 1...500).share >= 0.99)
    }

    @Test func theSameSeedGivesTheSameTable() {
        #expect(ErrorTable(seeds: 1...2, size: 400).page == ErrorTable(seeds: 1...2, size: 400).page)
    }

    struct Vector: Sendable {
        let registers: [Double]
        let booked: [Baseline: Double]
    }

    @Test(
        "other systems book the wrong answers that are known of them",
        arguments: [
            Vector(
                registers: [1000, 1000.1, 0, 1000.2],
                booked: [
                    .homeAssistant: 1000.3, .emoncms: 0.1, .evcc: 1000.3, .anyDropIsReset: 1000.3, .maxMin: 1000.2,
                ]),
            Vector(
                registers: [1000, 1000.1, 0, 0.2],
                booked: [.homeAssistant: 0.3, .emoncms: 0.3, .evcc: 0.3, .anyDropIsReset: 0.3, .maxMin: 1000.1]),
            Vector(
                registers: [1000, 1000.1, 950, 1000.2],
                booked: [.homeAssistant: 0.2, .emoncms: 0.1, .evcc: 50.3, .anyDropIsReset: 1000.3, .maxMin: 50.2]),
        ])
    func theBaselinesBookWhatIsKnownOfThem(_ vector: Vector) {
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let readings = vector.registers.enumerated().map { index, register in
            Reading(
                at: start.addingTimeInterval(Double(index) * 60),
                register: Energy(milliwattHours: Int64((register * 1e6).rounded())))
        }
        for (baseline, expected) in vector.booked {
            let booked = baseline.consumption(of: readings, between: [start, start.addingTimeInterval(600)])
            #expect(booked == [Energy(milliwattHours: Int64((expected * 1e6).rounded()))], "\(baseline.rawValue)")
        }
    }
}
