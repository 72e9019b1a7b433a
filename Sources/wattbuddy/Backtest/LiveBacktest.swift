import Analysis
import Foundation
import Notices

/// Plays the readings of a file to the daemon's detector and writes its alarms.
enum LiveBacktest {
    static func run(_ readings: String, _ events: String) throws {
        var log = try DeviceLog(path: readings)
        var file = try EventFile(path: events)
        var detector = LiveDetector(zone: .gmt)
        while let (reading, isNew) = try log.next() {
            if isNew { detector = LiveDetector(zone: .gmt) }
            for alarm in detector.silence(at: reading.at) + detector.take(reading) {
                guard let kind = word(alarm.kind) else { continue }
                try file.write(
                    device: log.device, kind: kind, start: alarm.start, socket: word(alarm.socket),
                    probability: alarm.probability, score: alarm.score)
            }
        }
        try file.flush()
    }

    /// The exercise has no word for a current sensor at its end.
    private static func word(_ kind: LiveAlarm.Kind) -> String? {
        switch kind {
        case .clipping: nil
        case .spike: LiveAlarm.Kind.heavier.rawValue
        default: kind.rawValue
        }
    }

    /// It has none either for a socket that cannot be told.
    private static func word(_ socket: NoticeSocket) -> String {
        socket == .unknown ? NoticeSocket.none.rawValue : socket.rawValue
    }
}
