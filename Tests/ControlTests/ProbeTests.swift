import Control
import Foundation
import Notices
import Testing

struct ProbeTests {
    private let now = Date(timeIntervalSince1970: 1_772_000_000)

    private func order(
        _ state: RelayOrder.State, before: Double? = nil, open: Double? = nil, sent: Bool = true, obeyed: Bool = true
    ) -> RelayOrder {
        RelayOrder(
            id: 7,
            RelayOrderDraft(
                device: 1, relay: .first, isOn: false, by: "probe", because: "test", at: now,
                lifetime: .usual(isOn: true), pulse: RelayPulse(milliseconds: 3000, belowAmperes: 10)),
            state: state, sentAt: sent ? now : nil, acknowledgedAt: obeyed ? now : nil,
            settledAt: state.isFinal ? now : nil, wattsBefore: before, wattsAfter: open)
    }

    private func probe(observed: Double, usual: Double) -> Probe {
        Probe(
            of: AlertCondition(
                AlertCondition.Key(device: 1, kind: .heavier, socket: .first), probability: 0.5, observed: observed,
                usual: usual), by: order(.queued))
    }

    @Test(arguments: [
        // A new load of 1400 W: before, open, after.
        (2000.0, 600.0, 2000.0, ProbeAnswer.here),
        (2000, 0, 2000, .here),
        // It does not go on by itself after it was cut off.
        (2000, 600, 600, .here),
        (2000, 2000, 2000, .there),
        (2000, 1990, 2010, .there),
        // The other socket's lamp went off with it.
        (2000, 1900, 2000, .there),
        // Both draw as much as the new load.
        (4000, 2000, 4000, .both),
        (4000, 2900, 4000, .both),
        // Either could be it, and one draws far more.
        (8000, 1500, 8000, .here),
        (8000, 6500, 8000, .there),
        // The load stopped or rose just then, or its fall is no load of that size.
        (2000, 2000, 600, .moved),
        (2000, 2600, 2600, .moved),
        (2000, 2000, 2700, .moved),
        (1000, 400, 1000, .moved),
        (4000, 2000, 900, .moved),
    ])
    func thePowerTellsWhereTheLoadIs(
        _ before: Double, _ open: Double, _ after: Double, _ answer: ProbeAnswer
    ) throws {
        var probe = probe(observed: 2000, usual: 600)
        let told = probe.follow(order(.confirmed, before: before, open: open), after: after)
        let finding = try #require(told)
        #expect(finding.answer == answer)
        #expect(finding.before == before && finding.open == open)
        #expect(probe.answer == answer)
    }

    @Test(
        arguments: [
            (ProbeAnswer.here, NoticeSocket.first, 0.98), (.there, .second, 0.95), (.both, nil, nil),
            (.moved, nil, nil),
            (.lost, nil, nil),
        ] as [(ProbeAnswer, NoticeSocket?, Double?)])
    func anAnswerNamesASocketOrLeavesTheDoubt(_ answer: ProbeAnswer, _ socket: NoticeSocket?, _ probability: Double?) {
        #expect(ProbeFinding(relay: .first, answer: answer).socket == socket)
        #expect(answer.probability == probability)
        #expect(ProbeFinding(relay: .second, answer: .there).socket == .first)
    }

    @Test func aSmallLoadNeedsAFallThatIsSeen() throws {
        var small = probe(observed: 120, usual: 100)
        #expect(small.follow(order(.unconfirmed, before: 120, open: 100), after: 120)?.answer == .there)
        var gone = probe(observed: 120, usual: 100)
        #expect(gone.follow(order(.confirmed, before: 120, open: 10), after: 120)?.answer == .here)
    }

    @Test func whatNoReadingTellsIsLost() throws {
        let cases: [(RelayOrder, Double?)] = [
            (order(.unconfirmed, before: 2000), 2000), (order(.confirmed, before: 2000, open: 600), nil),
            (order(.expired, obeyed: false), 2000),
        ]
        for (order, after) in cases {
            var probe = probe(observed: 2000, usual: 600)
            #expect(probe.follow(order, after: after)?.answer == .lost, "\(order)")
        }
    }

    @Test func whatWasNeverSentOrIsStillGoingOnTellsNothing() {
        for order in [
            order(.queued, sent: false, obeyed: false), order(.sent, obeyed: false),
            order(.expired, sent: false, obeyed: false), order(.replaced, sent: false, obeyed: false),
            order(.replaced, obeyed: false),
        ] {
            var probe = probe(observed: 2000, usual: 600)
            #expect(probe.follow(order, after: 2000) == nil, "\(order)")
            #expect(probe.answer == nil)
        }
    }

    @Test func itIsToldOnce() {
        var probe = probe(observed: 2000, usual: 600)
        let settled = order(.confirmed, before: 2000, open: 600)
        #expect(probe.follow(settled, after: 2000) != nil)
        #expect(probe.follow(settled, after: 2000) == nil)
    }

    @Test(arguments: [
        (
            ProbeAnswer.here, "Kettle draws 2,000 W; it never drew more than 600 W before.",
            "Kettle was switched off for 3 seconds: the power fell from 2,000 W to 600 W, so it is Kettle."
        ),
        (
            .there, "Fridge draws 2,000 W; it never drew more than 600 W before.",
            "Kettle was switched off for 3 seconds: 600 W went on, so it is Fridge."
        ),
        (
            .moved, "Kettle draws 2,000 W; it never drew more than 600 W before.",
            "Kettle was switched off for 3 seconds, but the power changed by itself: it cannot be told which one it is."
        ),
    ])
    func aSentenceSaysWhatWasDoneAndFound(_ answer: ProbeAnswer, _ first: String, _ second: String) {
        let condition = AlertCondition(
            AlertCondition.Key(device: 1, kind: .heavier, socket: .first), probability: 0.5, observed: 2000, usual: 600)
        let place = AlertPlace(device: "Kitchen", sockets: PerRelay("Kettle", "Fridge"))
        let finding = ProbeFinding(relay: .first, answer: answer, before: 2000, open: 600)
        #expect(condition.sentence(after: finding, in: place) == "\(first) \(second)")
    }

    @Test func everyAnswerHasItsWords() {
        let condition = AlertCondition(AlertCondition.Key(device: 1, kind: .spike, socket: .unknown))
        for answer in ProbeAnswer.allCases {
            let text = condition.sentence(
                after: ProbeFinding(relay: .second, answer: answer), in: AlertPlace())
            #expect(text.contains("Socket 2 was ") && text.contains("3 seconds") && !text.contains("{"), "\(text)")
        }
    }
}
