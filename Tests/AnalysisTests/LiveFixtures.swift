import Analysis
import Foundation
import Metering

/// A device in a home without anything else, whose loads the test switches by hand: a reading a minute unless told otherwise.
struct Bench {
    private(set) var detector: LiveDetector
    private(set) var alarms: [LiveAlarm] = []
    private(set) var now = Date(timeIntervalSince1970: 1_767_571_200)
    var cadence = 60.0
    var volts: Double? = 230
    var relays: (Bool?, Bool?) = (true, true)
    /// Amperes at which its sensor ends.
    var currentLimit: Double?
    private var register = 1_000_000.0
    /// A meter whose register stands still.
    var isRegisterStuck = false

    init(_ settings: LiveSettings = LiveSettings()) {
        detector = LiveDetector(zone: .gmt, settings: settings)
    }

    /// Lets so many watts flow for so many minutes.
    mutating func run(_ watts: Double, minutes: Double) {
        for _ in 0..<max(1, Int(minutes * 60 / cadence)) { tell(watts) }
    }

    /// One reading.
    mutating func tell(_ watts: Double) {
        now += cadence
        if !isRegisterStuck { register += watts * cadence / 3.6 }
        alarms += detector.take(reading(watts))
    }

    func reading(_ watts: Double) -> LiveReading {
        LiveReading(
            at: now, voltage: volts, current: volts.map { watts / $0 }, currentLimit: currentLimit, power: watts,
            register: Energy(milliwattHours: Int64(register)), relay1: relays.0, relay2: relays.1)
    }

    /// Says nothing for so many minutes, while a clock goes on.
    mutating func beSilent(minutes: Int) {
        for _ in 0..<minutes {
            now += 60
            alarms += detector.silence(at: now)
        }
    }

    /// Stores the detector and takes it up again under other settings.
    mutating func restart(_ settings: LiveSettings) throws {
        detector = try JSONDecoder().decode(LiveDetector.self, from: JSONEncoder().encode(detector))
        detector.adopt(settings, in: .gmt)
    }

    mutating func forgetAlarms() {
        alarms = []
    }

    /// An ordinary day: a kettle of 2 kW on the first socket thrice, a lamp of 60 W on the second in the evening, each
    /// switched on for its use.
    mutating func live(days: Int, kettle: Double = 2000) {
        for day in 0..<days {
            relays = (false, false)
            run(2, minutes: 7 * 60)
            for use in 0..<3 { boil(kettle, minutes: 4 + Double((day + use) % 3)) }
            relays = (false, true)
            run(62, minutes: 150 + Double(day % 4) * 10)
            relays = (false, false)
            run(2, minutes: 11 * 60 - Double(day % 4) * 10)
        }
    }

    mutating func boil(_ watts: Double, minutes: Double) {
        relays = (true, false)
        run(2, minutes: 2)
        run(watts, minutes: minutes)
        relays = (false, false)
        run(2, minutes: 60)
    }

    func found(_ kind: LiveAlarm.Kind) -> [LiveAlarm] {
        alarms.filter { $0.kind == kind }
    }
}
