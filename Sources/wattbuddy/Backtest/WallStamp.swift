import Foundation
import Metering

/// `2026-01-12 00:01:00`: a time on the wall as files of readings have it, told apart from no zone.
enum WallStamp {
    static func text(_ instant: Date) -> String {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down))
        let (day, rest) = (seconds / 86_400, seconds % 86_400)
        let time = [rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(LocalDate(daysSince1970: day)) \(time.joined(separator: ":"))"
    }
}
