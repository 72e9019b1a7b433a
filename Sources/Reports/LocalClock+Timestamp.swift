import Foundation
import Metering

extension LocalClock {
    /// The wall's date and time with its offset from UTC, to the second: `2025-03-30T00:00:00+01:00` (ISO 8601).
    func timestamp(_ instant: Date) -> String {
        let second = Int(instant.timeIntervalSince1970.rounded(.down))
        let offset = zone.secondsFromGMT(for: instant)
        let local = second + offset
        let day = LocalDate(daysSince1970: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
        let ofDay = local - day.daysSince1970 * 86_400
        let east = abs(offset) / 60
        return "\(day)T\(Self.two(ofDay / 3600)):\(Self.two(ofDay / 60 % 60)):\(Self.two(ofDay % 60))"
            + "\(offset < 0 ? "-" : "+")\(Self.two(east / 60)):\(Self.two(east % 60))"
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
