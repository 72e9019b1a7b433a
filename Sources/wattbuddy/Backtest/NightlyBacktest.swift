import Analysis
import Foundation
import Metering

/// Plays the readings of a file to the night's watch and writes its findings.
///
/// A line stands for the interval that ends at its time and begins at that of the line before; where lines are missing, for one
/// as long as the last.
enum NightlyBacktest {
    /// Seconds; a longer step is a gap.
    private static let longest = 3600.0

    static func run(_ readings: String, _ events: String) throws {
        var log = try DeviceLog(path: readings)
        var file = try EventFile(path: events)
        var watch = NightWatch(LocalClock(zone: .gmt))
        var (device, seconds) = ("", 1800.0)
        var last: Date?
        while let (reading, isNew) = try log.next() {
            if isNew {
                try file.write(watch.closeDay(), of: device)
                watch = NightWatch(LocalClock(zone: .gmt))
                device = log.device
                last = nil
            }
            if let last {
                let step = reading.at.timeIntervalSince(last)
                guard step > 0 else { continue }
                if step <= longest { seconds = step }
            }
            last = reading.at
            let interval = WatchedInterval(
                reading.at.addingTimeInterval(-seconds)..<reading.at, power: reading.power, voltage: reading.voltage,
                register: reading.register)
            try file.write(watch.take(interval), of: device)
        }
        try file.write(watch.closeDay(), of: device)
        try file.flush()
    }
}

extension EventFile {
    fileprivate mutating func write(_ findings: [NightFinding], of device: String) throws {
        for finding in findings {
            try write(
                device: device, kind: finding.kind.rawValue, start: finding.period.lowerBound,
                end: finding.period.upperBound, socket: "none", probability: nil, score: finding.score)
        }
    }
}
