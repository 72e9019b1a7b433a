package import Foundation
import Metering

/// Watches one device as its readings come, and says when a person should know.
///
/// Takes constant room and a few hundred nanoseconds a reading; the same readings give the same alarms. Nothing it said is
/// ever taken back by a later reading. What it knows survives a restart by being encoded.
package struct LiveDetector: Sendable, Codable {
    private let zone: TimeZone
    private let settings: LiveSettings
    private var pace = LivePace()
    private var last: Double?
    private var spike = SpikeWatch()
    private var load: LoadWatch
    private var first: Double?
    private var voltage = VoltageWatch()
    private var register = RegisterWatch()
    private var clipping = ClippingWatch()
    private var silentSince: Double?

    /// - Parameter zone: of the household, for its hours and days.
    package init(zone: TimeZone, settings: LiveSettings = LiveSettings()) {
        self.zone = zone
        self.settings = settings
        load = LoadWatch(settings)
    }

    /// Takes the next reading; one that is not later than the last is left out.
    ///
    /// - Returns: the alarms that begin with it.
    package mutating func take(_ reading: LiveReading) -> [LiveAlarm] {
        let instant = reading.at.timeIntervalSince1970
        let interval = last.map { instant - $0 } ?? 0
        if let last, instant <= last { return [] }
        pace.take(interval)
        last = instant
        silentSince = nil
        var alarms: [LiveAlarm] = []
        func add(_ kind: LiveAlarm.Kind, _ excess: Excess?) {
            guard let excess else { return }
            alarms.append(
                LiveAlarm(
                    kind: kind, start: reading.at, socket: .none, probability: 1, score: excess.score,
                    observed: excess.observed, usual: excess.usual))
        }
        if let volts = reading.voltage { add(.voltage, voltage.take(volts, at: instant, in: settings.voltageBand)) }
        if let amperes = reading.current { add(.clipping, clipping.take(amperes, at: instant, settings)) }
        if let energy = reading.register, let power = reading.power {
            let shown = energy.milliwattHours
            add(.register, register.take(shown, power: power, after: interval, at: instant))
        }
        if let power = reading.power {
            let start = first ?? instant
            first = start
            let isLearning = instant - start < 7 * 86_400
            let isUnbroken = pace.isUnbroken(interval)
            if !isUnbroken { spike.close() }
            if isLearning, let excess = spike.take(power, at: instant, settings) { alarms.append(alarm(excess, reading)) }
            let state = (reading.relay1 == false ? 0 : 1) + (reading.relay2 == false ? 0 : 2)
            let moment = LoadWatch.Moment(at: instant, day: Int(instant / 86400), isLearning: isLearning, isUnbroken: isUnbroken)
            for finding in load.take(power, state: state, moment) {
                alarms.append(LiveAlarm(kind: finding.kind, start: reading.at, socket: finding.socket, probability: finding.probability, score: finding.excess.score, observed: finding.excess.observed, usual: finding.excess.usual))
            }
        }
        return alarms
    }

    /// The only socket that is on; unknown when both or none are.
    private func alarm(_ excess: Excess, _ reading: LiveReading) -> LiveAlarm {
        let socket: (LiveAlarm.Socket, Double) =
            switch (reading.relay1, reading.relay2) {
            case (true?, false?): (.one, 0.7)
            case (false?, true?): (.two, 0.7)
            default: (.unknown, 0.5)
            }
        return LiveAlarm(
            kind: .spike, start: reading.at, socket: socket.0, probability: socket.1, score: excess.score,
            observed: excess.observed, usual: excess.usual)
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
        return [
            LiveAlarm(
                kind: .offline, start: now, socket: .none, probability: 1, score: lasting / limit, observed: lasting,
                usual: pace.usual)
        ]
    }

    /// Whether what an alarm of this detector spoke of has ended; asked after each reading for those that are open.
    package func isOver(_ alarm: LiveAlarm) -> Bool {
        openSince(alarm.kind) != alarm.start.timeIntervalSince1970
    }

    private func openSince(_ kind: LiveAlarm.Kind) -> Double? {
        switch kind {
        case .heavier, .leftOn, .twoAtOnce, .stuckRelay: load.openSince(kind)
        case .spike: spike.openSince
        case .voltage: voltage.openSince
        case .clipping: clipping.openSince
        case .register: register.openSince
        case .offline: silentSince
        }
    }
}
