import Control
import Notices
import Testing

struct AlertSentenceTests {
    @Test(arguments: [
        (
            NoticeKind.heavier, NoticeSocket.second, 1870.4, 640.0,
            "Heater draws 1,870 W; it never drew more than 640 W before."
        ),
        (
            .leftOn, .first, 1210, 900,
            "Socket 1 has been drawing 1,210 W for much longer than it ever did; was it left on?"
        ),
        (
            .twoAtOnce, .both, 3205, 2500,
            "Socket 1 and Heater draw 3,205 W together; they never drew more than 2,500 W before."
        ),
        (
            .stuckRelay, .second, 1500, 0,
            "Heater is switched off, but 1,500 W still flow: its contact did not open. Please pull the plug."
        ),
        (.spike, .unknown, 1_234_567, 400, "One of the sockets draws 1,234,567 W, far more than its usual 400 W."),
        (.voltage, .none, 262.4, 253, "The mains is at 262 V; it should not be above 253 V."),
        (.voltage, .none, 198.6, 207, "The mains is at 199 V; it should not be below 207 V."),
        (
            .clipping, .none, 4.96, 5,
            "The sensor of “Kitchen” shows 5.0 A and ends at 5.0 A: more may flow than it can show."
        ),
        (.register, .none, 0, 350, "350 W flow through “Kitchen”, but its register stands still: nothing is counted."),
        (.offline, .none, 90, 5, "“Kitchen” has said nothing for 90 seconds; it usually reports every 5 seconds."),
        (.offline, .none, 720, 1, "“Kitchen” has said nothing for 12 minutes; it usually reports every second."),
        (.offline, .none, 86_400, 60, "“Kitchen” has said nothing for 24 hours; it usually reports every 60 seconds."),
    ])
    func everyKindHasASentenceWithItsFigures(
        _ kind: NoticeKind, _ socket: NoticeSocket, _ observed: Double, _ usual: Double, _ sentence: String
    ) {
        let condition = AlertCondition(
            AlertCondition.Key(device: 1, kind: kind, socket: socket), observed: observed, usual: usual)
        let place = AlertPlace(device: "Kitchen", sockets: PerRelay("Socket 1", "Heater"))
        #expect(condition.sentence(in: place) == sentence)
    }

    @Test(arguments: [
        (NoticeKind.powerLimit, 2250.0, 3000.0, "Your home draws 2,250 W, 75 % of your limit of 3,000 W."),
        (.powerLimit, 3100, 3000, "Your home draws 3,100 W, which reaches your limit of 3,000 W."),
        (.dayLimit, 7.6, 8, "You have used 7.6 kWh today, 95 % of your limit of 8.0 kWh."),
        (.monthLimit, 125, 250, "You have used 125.0 kWh this month, 50 % of your limit of 250.0 kWh."),
        (.monthLimit, 250, 250, "You have used 250.0 kWh this month, which reaches your limit of 250.0 kWh."),
    ])
    func aLimitIsToldWithItsShare(_ kind: NoticeKind, _ observed: Double, _ limit: Double, _ sentence: String) {
        let condition = AlertCondition(
            AlertCondition.Key(device: nil, kind: kind, socket: .none), observed: observed, usual: limit)
        #expect(condition.sentence(in: AlertPlace()) == sentence)
    }
}
