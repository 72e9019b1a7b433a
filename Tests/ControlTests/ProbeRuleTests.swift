import Control
import Foundation
import Notices
import Testing

struct ProbeRuleTests {
    /// A device whose two sockets are on and draw 2 kW, at a rule that lets both be tried.
    private struct Case {
        var rule = ProbeRule(consent: [.first, .second], rating: 10, longestPulse: 3000)
        var condition = AlertCondition(
            AlertCondition.Key(device: 1, kind: .heavier, socket: .first), probability: 0.5, observed: 2000, usual: 600)
        var bench = Bench()

        init() {
            bench.amperes = 8.7
            bench.report(2000, 2000, 2000, first: true, second: true)
        }

        func refusal() -> ProbeRefusal? {
            do {
                _ = try rule.relay(for: condition, on: bench.board, at: bench.now)
                return nil
            } catch { return error }
        }
    }

    private static func alert(_ kind: NoticeKind, _ socket: NoticeSocket = .first, _ probability: Double?)
        -> AlertCondition
    {
        AlertCondition(
            AlertCondition.Key(device: 1, kind: kind, socket: socket), probability: probability, observed: 2000,
            usual: 600)
    }

    @Test(
        arguments: [
            (NoticeSocket.first, 0.5, [Relay.first, .second], Relay.first),
            (.second, 0.6, [.first, .second], .second),
            (.second, 0.6, [.first], .first),
            (.first, 0.89, [.second], .second),
            (.unknown, nil, [.first, .second], .first),
            (.unknown, nil, [.second], .second),
        ] as [(NoticeSocket, Double?, [Relay], Relay)])
    func theLikelierSocketIsTriedIfTheHouseholdLetsIt(
        _ socket: NoticeSocket, _ probability: Double?, _ consent: [Relay], _ tried: Relay
    ) throws {
        var its = Case()
        its.rule.consent = Set(consent)
        its.condition = Self.alert(.heavier, socket, probability)
        #expect(try its.rule.relay(for: its.condition, on: its.bench.board, at: its.bench.now) == tried)
    }

    @Test(
        arguments: [
            (NoticeKind.heavier, 0.5, nil), (.leftOn, 0.5, nil), (.spike, 0.89, nil),
            (.heavier, 0.9, ProbeRefusal.noDoubt),
            (.spike, 0.97, .noDoubt), (.twoAtOnce, 0.8, .kind), (.stuckRelay, 0.5, .kind), (.voltage, nil, .kind),
            (.powerLimit, nil, .kind), (.offline, nil, .kind),
        ] as [(NoticeKind, Double?, ProbeRefusal?)])
    func onlyDoubtAboutWhatOneSocketDrawsIsSettled(
        _ kind: NoticeKind, _ probability: Double?, _ refusal: ProbeRefusal?
    ) {
        var its = Case()
        its.condition = Self.alert(kind, .first, probability)
        #expect(its.refusal() == refusal)
    }

    @Test func withoutTheHouseholdsWordNothingIsTried() {
        var its = Case()
        its.rule.consent = []
        #expect(its.refusal() == .noConsent)
    }

    @Test func aSocketThatIsNeverCutIsNeverTriedWhateverWasAgreed() {
        var its = Case()
        its.rule.consent = [.second]
        its.bench.protect([.second])
        #expect(its.refusal() == .neverCut)
        its.rule.consent = [.first, .second]
        its.condition = Self.alert(.heavier, .second, 0.6)
        #expect(try! its.rule.relay(for: its.condition, on: its.bench.board, at: its.bench.now) == .first)
    }

    @Test(
        arguments: [
            (nil, ProbeRefusal.cannotPulse), (2999, .cannotPulse), (3000, nil), (60_000, nil),
        ] as [(Int?, ProbeRefusal?)])
    func onlyADeviceThatClosesTheRelayByItselfIsAsked(_ longest: Int?, _ refusal: ProbeRefusal?) {
        var its = Case()
        its.rule.longestPulse = longest
        #expect(its.refusal() == refusal)
    }

    @Test(
        arguments: [
            (0.0, ProbeRefusal.tooSoon), (3599, .tooSoon), (3600, nil), (-60, .tooSoon),
        ] as [(Double, ProbeRefusal?)])
    func aDeviceIsTriedOnceAnHour(_ secondsAgo: Double, _ refusal: ProbeRefusal?) {
        var its = Case()
        its.rule.last = its.bench.now.addingTimeInterval(-secondsAgo)
        #expect(its.refusal() == refusal)
    }

    @Test(
        arguments: [
            (8.7, 10.0, nil), (9.99, 10, nil), (10, 10, ProbeRefusal.aboveRating), (12, 10, .aboveRating),
            (12, 16, nil), (nil, 10, .unknownCurrent),
        ] as [(Double?, Double, ProbeRefusal?)])
    func noContactBreaksMoreThanItIsRatedFor(_ amperes: Double?, _ rating: Double, _ refusal: ProbeRefusal?) {
        var its = Case()
        its.rule.rating = rating
        its.bench.amperes = amperes
        its.bench.report(2000, first: true, second: true)
        #expect(its.refusal() == refusal)
    }

    @Test func whatIsOrderedOrHeldGoesBefore() throws {
        for relay in Relay.allCases {
            var ordered = Case()
            try ordered.bench.order(relay, on: true)
            #expect(ordered.refusal() == .ordered)
            var held = Case()
            try held.bench.cutOff(relay)
            #expect(held.refusal() == .cutOff)
            var stuck = Case()
            stuck.rule.stuck = [relay]
            #expect(stuck.refusal() == .stuck)
        }
    }

    @Test(arguments: [(true, false), (false, true), (true, nil), (nil, nil)] as [(Bool?, Bool?)])
    func bothSocketsAreOn(_ first: Bool?, _ second: Bool?) {
        var its = Case()
        its.bench = Bench()
        its.bench.amperes = 8.7
        its.bench.report(2000, 2000, 2000, first: first, second: second)
        #expect(its.refusal() == .notOn)
    }

    @Test func aPowerThatMovesByItselfWouldTellNothing() {
        var its = Case()
        its.bench.report(1500, first: true, second: true)
        #expect(its.refusal() == .unsteady)
        its.bench.report(1500, 1520, first: true, second: true)
        #expect(its.refusal() == nil)
        its.bench = Bench()
        its.bench.amperes = 8.7
        its.bench.report(2000, 2000, first: true, second: true)
        #expect(its.refusal() == .unsteady)
    }
}
