import Control
import Foundation
import Metering
import Testing

func schedule(
    _ id: Int64 = 1, _ relay: Relay = .first, at time: String, on: Bool, days: Weekdays = .all, zone: String,
    doneUntil: String, device: Int64 = 1
) throws -> SwitchingSchedule {
    let minute = try #require(SwitchingScheduleDraft.minute(of: time))
    let made = try instant(doneUntil)
    let draft = try #require(
        SwitchingScheduleDraft(
            device: device, relay: relay, weekdays: days, minuteOfDay: minute, isOn: on, by: "asha", at: made))
    return SwitchingSchedule(
        id: id, draft, zone: try #require(TimeZone(identifier: zone)), doneUntil: made)
}

struct SwitchingScheduleTests {
    /// Each asks for the instants of three times 24 hours.
    @Test(arguments: [
        // Nothing special in Kolkata, half an hour off.
        ("Asia/Kolkata", "22:30", "2026-02-20T00:00:00Z", ["02-20T17:00", "02-21T17:00", "02-22T17:00"]),
        // Forward at 2:00 on 29 March: 2:30 never comes, 3:00 is the first instant after.
        ("Europe/Berlin", "02:30", "2026-03-27T23:00:00Z", ["03-28T01:30", "03-29T01:00", "03-30T00:30"]),
        ("Europe/Berlin", "02:00", "2026-03-27T23:00:00Z", ["03-28T01:00", "03-29T01:00", "03-30T00:00"]),
        ("Europe/Berlin", "03:00", "2026-03-27T23:00:00Z", ["03-28T02:00", "03-29T01:00", "03-30T01:00"]),
        ("Europe/Berlin", "01:59", "2026-03-27T23:00:00Z", ["03-28T00:59", "03-29T00:59", "03-29T23:59"]),
        // Back at 3:00 on 25 October: 2:30 comes twice and counts once.
        ("Europe/Berlin", "02:30", "2026-10-23T22:00:00Z", ["10-24T00:30", "10-25T00:30", "10-26T01:30"]),
        ("Europe/Berlin", "03:00", "2026-10-23T22:00:00Z", ["10-24T01:00", "10-25T02:00", "10-26T02:00"]),
        // Half an hour forward on Lord Howe Island, and midnight itself in Cairo.
        ("Australia/Lord_Howe", "02:15", "2026-10-02T13:00:00Z", ["10-02T15:45", "10-03T15:30", "10-04T15:15"]),
        (
            "Africa/Cairo", "00:30", "2024-04-24T22:00:00Z",
            ["04-24T22:30", "04-25T22:00", "04-26T21:30", "04-27T21:30"]
        ),
    ])
    func aTimeOfDayComesOnceADayWhateverTheClocksDo(_ zone: String, _ time: String, _ start: String, _ due: [String])
        throws
    {
        let schedule = try schedule(at: time, on: true, zone: zone, doneUntil: start)
        let first = try instant(start)
        let instants = schedule.due(after: first, through: first + 3 * 86_400 - 1)
        #expect(try instants == due.map { try instant("\(start.prefix(4))-\($0):00Z") })
    }

    @Test func onlyItsWeekdaysCount() throws {
        let days = try #require(Weekdays(numbers: [1, 6, 7]))
        let schedule = try schedule(
            at: "08:00", on: true, days: days, zone: "Asia/Kolkata", doneUntil: "2026-02-20T00:00:00Z")
        // 20 February 2026 is a Friday.
        let due = schedule.due(after: schedule.doneUntil, through: schedule.doneUntil + 7 * 86_400)
        #expect(
            try due
                == [
                    instant("2026-02-21T02:30:00Z"), instant("2026-02-22T02:30:00Z"), instant("2026-02-23T02:30:00Z"),
                ])
        #expect(days.numbers == [1, 6, 7])
        #expect(days.rawValue == 0b110_0001)
        #expect(Weekdays(numbers: []) == nil && Weekdays(numbers: [0]) == nil && Weekdays(numbers: [8]) == nil)
    }

    @Test func itsOwnInstantIsDueAndTheLastOneDoneIsNot() throws {
        let schedule = try schedule(at: "22:30", on: false, zone: "Asia/Kolkata", doneUntil: "2026-02-20T17:00:00Z")
        let next = try instant("2026-02-21T17:00:00Z")
        #expect(schedule.due(after: schedule.doneUntil, through: next - 1).isEmpty)
        #expect(schedule.due(after: schedule.doneUntil, through: next) == [next])
        #expect(schedule.due(after: next, through: next).isEmpty)
        #expect(schedule.due(after: next, through: schedule.doneUntil).isEmpty)
    }

    /// However time is cut into pieces, the same instants are due, one a day.
    @Test(arguments: ["Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"])
    func piecesOfTimeAddUpToTheWhole(zone: String) throws {
        let start = try instant("2024-01-01T00:00:00Z")
        let days = 800.0
        for time in ["00:00", "00:30", "02:15", "02:30", "03:00", "23:45"] {
            let schedule = try schedule(at: time, on: true, zone: zone, doneUntil: "2024-01-01T00:00:00Z")
            let whole = schedule.due(after: start, through: start + days * 86_400)
            #expect(whole.count == 800)
            let cuts = stride(from: 0, to: days * 24, by: 31).map { start + $0 * 3600 } + [start + days * 86_400]
            #expect(zip(cuts, cuts.dropFirst()).flatMap { schedule.due(after: $0, through: $1) } == whole)
        }
    }

    @Test(arguments: ["7:05", "24:00", "12:60", "12", "12:3", "1a:00", "-1:00", "12:00:00", "", "１２:00"])
    func whatIsNoTimeOfDayIsRefused(text: String) {
        #expect(SwitchingScheduleDraft.minute(of: text) == nil)
    }

    @Test func aTimeOfDayIsWrittenAsItWasRead() throws {
        for text in ["00:00", "07:05", "23:59"] {
            #expect(try schedule(at: text, on: true, zone: "UTC", doneUntil: "2026-01-01T00:00:00Z").draft.time == text)
        }
        let now = try instant("2026-01-01T00:00:00Z")
        #expect(
            SwitchingScheduleDraft(
                device: 1, relay: .first, weekdays: [], minuteOfDay: 0, isOn: true, by: "a", at: now) == nil)
        #expect(
            SwitchingScheduleDraft(
                device: 1, relay: .first, weekdays: .all, minuteOfDay: 1440, isOn: true, by: "a", at: now) == nil)
    }
}
