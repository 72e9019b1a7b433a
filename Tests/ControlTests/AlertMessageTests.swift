import Control
import Foundation
import Metering
import Notices
import Testing

struct AlertMessageTests {
    private func message(_ event: AlertMessage.Event, zone: String, lasting seconds: Double?) throws -> AlertMessage {
        let opened = try instant("2026-03-29T01:30:00Z")
        let condition = AlertCondition(
            AlertCondition.Key(device: 1, kind: .heavier, socket: .second), observed: 1870, usual: 640)
        let alert = Alert(
            id: 7, household: 1, condition, sentence: condition.sentence(in: AlertPlace(device: "Kitchen")),
            openedAt: opened, resolvedAt: seconds.map(opened.addingTimeInterval))
        return AlertMessage(
            event, of: alert, home: "Asha's home", on: LocalClock(zone: try #require(TimeZone(identifier: zone))))
    }

    /// Berlin's clocks went forward half an hour before.
    @Test(arguments: [("Asia/Kolkata", "07:00"), ("Europe/Berlin", "03:30")])
    func whatIsToldIsThePagesSentenceAndTheTimeAtHome(_ zone: String, _ time: String) throws {
        let opened = try message(.opened, zone: zone, lasting: nil)
        #expect(opened.title == "More power than ever (Asha's home)")
        #expect(
            opened.text == "Socket 2 draws 1,870 W; it never drew more than 640 W before. Since \(time).")
    }

    @Test(arguments: [(0.4, "2 seconds"), (95, "95 seconds"), (600, "10 minutes"), (90_000, "25 hours")])
    func theEndTellsHowLongItLasted(_ seconds: Double, _ length: String) throws {
        let over = try message(.resolved, zone: "Asia/Kolkata", lasting: seconds)
        #expect(over.title == "Over: More power than ever (Asha's home)")
        #expect(
            over.text.hasPrefix("It is over after \(length). It had begun at 07:00: Socket 2 draws 1,870 W;"),
            "\(over.text)")
    }
}
