package import Foundation

/// A schedule on its way to being kept.
package struct SwitchingScheduleDraft: Hashable, Sendable {
    package let device: Int64
    package let relay: Relay
    package let weekdays: Weekdays
    /// Minutes from midnight, 0 to 1439, on the household's wall.
    package let minuteOfDay: Int
    package let isOn: Bool
    package let author: String
    package let createdAt: Date

    /// - Returns: nil when there is no weekday or no such minute.
    package init?(
        device: Int64, relay: Relay, weekdays: Weekdays, minuteOfDay: Int, isOn: Bool, by author: String, at now: Date
    ) {
        guard !weekdays.isEmpty, weekdays.isSubset(of: .all), (0..<1440).contains(minuteOfDay) else { return nil }
        self.device = device
        self.relay = relay
        self.weekdays = weekdays
        self.minuteOfDay = minuteOfDay
        self.isOn = isOn
        self.author = author
        createdAt = now
    }

    /// The minute of a time of day as people write it, `07:05` or `22:30`; nil for anything else.
    package static func minute(of text: String) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(String(decoding: parts[0], as: UTF8.self)),
            let minute = Int(String(decoding: parts[1], as: UTF8.self)), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// `22:30`
    package var time: String {
        let (hour, minute) = (minuteOfDay / 60, minuteOfDay % 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }
}
