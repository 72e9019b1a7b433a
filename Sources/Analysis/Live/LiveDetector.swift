package import Foundation
import Metering
import Notices

/// Watches one device as its readings come, and says when a person should know.
///
/// Takes constant room and less than a microsecond a reading; the same readings give the same alarms. Nothing it said is
/// ever taken back by a later reading. What it learned survives a restart by being encoded: less than 4 kB of JSON; how it is set
/// up is not part of that, and is told anew (``adopt(_:in:)``).
package struct LiveDetector: Sendable, Codable {
    private var settings = LiveSettings()
    private var clock: LiveClock
    private var pace = LivePace()
    private var last: Double?
    private var load = LoadWatch()
    private var voltage = VoltageWatch()
    private var register = RegisterWatch()
    private var clipping = ClippingWatch()
    private var silentSince: Double?

    /// - Parameter zone: of the household, for its days.
    package init(zone: TimeZone, settings: LiveSettings = LiveSettings()) {
        self.settings = settings
        clock = LiveClock(zone: zone)
    }

    /// All but the settings.
    private enum CodingKeys: String, CodingKey {
        case clock, pace, last, load, voltage, register, clipping, silentSince
    }

    /// Goes on with what it learned under these settings, in the days of this zone.
    package mutating func adopt(_ settings: LiveSettings, in zone: TimeZone) {
        self.settings = settings
        clock.move(to: zone)
    }

    /// Takes the next reading; one that is not later than the last is left out.
    ///
    /// - Returns: the alarms that begin with it.
    package mutating func take(_ reading: LiveReading) -> [LiveAlarm] {
        let instant = reading.at.timeIntervalSince1970
        let interval = last.map { instant - $0 } ?? 0
        if last != nil, interval <= 0 { return [] }
        pace.take(interval)
        last = instant
        silentSince = nil
        return supply(reading, at: instant, after: interval) + loads(reading, at: instant, after: interval)
    }

    /// What the mains, the sensor and the register do.
    private mutating func supply(_ reading: LiveReading, at instant: Double, after interval: Double) -> [LiveAlarm] {
        var alarms: [LiveAlarm] = []
        if let volts = reading.voltage, let excess = voltage.take(volts, at: instant, in: settings.voltageBand) {
            alarms.append(LiveAlarm(.voltage, at: reading.at, excess))
        }
        if let amperes = reading.current,
            let excess = clipping.take(
                amperes, limit: reading.currentLimit, at: instant, settings)
        {
            alarms.append(LiveAlarm(.clipping, at: reading.at, excess))
        }
        if let shown = reading.register?.milliwattHours, let power = reading.power,
            let excess = register.take(shown, power: power, after: interval, at: instant)
        {
            alarms.append(LiveAlarm(.register, at: reading.at, excess))
        }
        return alarms
    }

    /// What is plugged in.
    private mutating func loads(_ reading: LiveReading, at instant: Double, after interval: Double) -> [LiveAlarm] {
        guard let power = reading.power else { return [] }
        let age = clock.age(at: instant)
        let moment = LiveMoment(
            at: instant, day: age.day, pace: pace.usual,
            isLearning: age.seconds < Double(settings.learningDays) * 86_400, isUnbroken: pace.isUnbroken(interval))
        // A relay that tells nothing may be on.
        let state = (reading.relay1 == false ? 0 : 1) + (reading.relay2 == false ? 0 : 2)
        return load.take(power, state: state, moment, settings).map { finding in
            LiveAlarm(
                finding.kind, at: reading.at, finding.excess, socket: finding.socket, probability: finding.probability)
        }
    }

    /// Tells the detector what time it is when no reading comes, as often as the owner likes.
    ///
    /// - Returns: that the device is silent, once for each silence.
    package mutating func silence(at now: Date) -> [LiveAlarm] {
        guard let last, silentSince == nil else { return [] }
        let lasting = now.timeIntervalSince1970 - last
        let limit = max(settings.silentAfter, 5 * pace.usual)
        guard lasting >= limit else { return [] }
        silentSince = now.timeIntervalSince1970
        return [LiveAlarm(.offline, at: now, Excess(score: lasting / limit, observed: lasting, usual: pace.usual))]
    }

    /// Whether what an alarm of this detector spoke of has ended; asked after each reading for those that are open.
    package func isOver(_ alarm: LiveAlarm) -> Bool {
        openSince(alarm.kind) != alarm.start.timeIntervalSince1970
    }

    private func openSince(_ kind: LiveAlarm.Kind) -> Double? {
        switch kind {
        case .heavier, .leftOn, .twoAtOnce, .stuckRelay, .spike: load.openSince(kind)
        case .voltage: voltage.openSince
        case .clipping: clipping.openSince
        case .register: register.openSince
        case .offline: silentSince
        default: nil
        }
    }
}

extension LiveAlarm {
    fileprivate init(
        _ kind: Kind, at instant: Date, _ excess: Excess, socket: NoticeSocket = .none, probability: Double = 1
    ) {
        self.init(
            kind: kind, start: instant, socket: socket, probability: probability, score: excess.score,
            observed: excess.observed, usual: excess.usual)
    }
}
