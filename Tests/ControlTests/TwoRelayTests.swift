import Control
import Foundation
import Testing

/// Both sockets hang behind one sensor: what is said of one allows for the other.
struct TwoRelayTests {
    private func bench(_ first: Double?, _ second: Double?) -> Bench {
        var memory = RelayMemory()
        memory.loads = PerRelay(first, second)
        return Bench(RelayBoard(remembering: memory))
    }

    /// Both are switched off together; the power falls from 2,200 W to `after`.
    private func bothOff(_ first: Double?, _ second: Double?, to after: Double) throws -> [RelayOrder.State?] {
        var bench = bench(first, second)
        bench.report(2200, 2200, 2200, first: true, second: true)
        try bench.order(.first, on: false)
        try bench.order(.second, on: false)
        bench.report(2200, first: true, second: true)
        bench.report(after, after, after, first: false, second: false)
        return [bench.path(of: 1).last, bench.path(of: 2).last]
    }

    @Test func bothAreConfirmedWhenBothLoadsStop() throws {
        #expect(try bothOff(2000, 100, to: 100) == [.confirmed, .confirmed])
    }

    @Test func theLargeLoadDoesNotSpeakForTheSmallOne() throws {
        #expect(try bothOff(2000, 100, to: 200) == [.confirmed, .unconfirmed])
    }

    @Test func withoutTheOthersLoadNothingIsSaid() throws {
        #expect(try bothOff(2000, nil, to: 0) == [.unconfirmed, .confirmed])
        #expect(try bothOff(nil, nil, to: 0) == [.unconfirmed, .unconfirmed])
    }

    @Test func nothingIsLearnedOfLoadsThatSwitchTogether() throws {
        var bench = bench(2000, 100)
        bench.report(2200, 2200, 2200, first: true, second: true)
        bench.report(50, 50, 50, 50, first: false, second: false)
        #expect(bench.board.memory.loads == PerRelay(2000, 100))
    }

    @Test func oneAfterTheOtherIsJudgedOnceTheFirstHasMoved() throws {
        var bench = bench(nil, nil)
        bench.report(900, 900, 900, first: true, second: true)
        try bench.order(.first, on: false)
        bench.report(900, first: true, second: true)
        bench.report(400, first: false, second: true)
        try bench.order(.second, on: false)
        bench.report(400, first: false, second: true)
        bench.report(10, 10, 10, first: false, second: false)
        #expect(bench.path(of: 1).last == .confirmed)
        #expect(bench.path(of: 2).last == .confirmed)
        #expect(try bench.last(2).wattsBefore == 400)
    }

    @Test func oneRightAfterTheOtherCannotBeToldApartBeforeTheFirstHasMoved() throws {
        var bench = bench(nil, nil)
        bench.report(900, 900, 900, first: true, second: true)
        try bench.order(.first, on: false)
        bench.report(900, first: true, second: true)
        try bench.order(.second, on: false)
        bench.report(900, first: false, second: true)
        bench.report(10, 10, 10, 10, first: false, second: false)
        #expect(bench.path(of: 1).last == .unconfirmed)
        #expect(bench.path(of: 2).last == .unconfirmed)
        #expect(bench.board.memory.loads == PerRelay(nil, nil))
    }

    @Test func theOtherSocketsOwnSwitchingByHandIsAllowedFor() throws {
        var bench = bench(1000, 500)
        bench.report(100, 100, 100, first: false, second: false)
        bench.report(1600, 1600, 1600, first: true, second: true)
        bench.report(1600, first: true, second: true)
        try bench.order(.first, on: false)
        bench.report(1600, first: true, second: true)
        // The second one is switched off by hand in the same reading, and the first contact sticks.
        bench.report(1100, 1100, 1100, first: false, second: false)
        #expect(bench.path().last == .unconfirmed)
    }
}
