package import Analysis
package import Control
package import Foundation
package import Metering

/// All that is known of a device between two of its readings.
package struct DeviceState: Sendable {
    package var profile: DeviceProfile
    package private(set) var latest: LatestReading?
    /// What the main meter counted today; nil before its first reading.
    package private(set) var today: DayTally?
    package var detector: LiveDetector
    package var relays = RelayBoard()
    /// Seconds from one reading to the next, as they usually come.
    package private(set) var cadence = 5.0
    /// Amperes at which the current sensor ends; nil where the device does not say.
    private var currentLimit: Float?
    /// Milliseconds for which the device can open a relay and close it again by itself; nil when it does not say that it can.
    package private(set) var longestPulse: Int?
    /// Whether the stored readings were looked up, so that a restart goes on where the last run ended.
    package private(set) var isResumed = false
    private let rule: WriteRule
    private let alarms: LiveSettings
    private var placement = Placement(resuming: [])
    private var judges: [Int64: WriteJudge] = [:]
    /// Alarms of what still goes on.
    package private(set) var standing: [LiveAlarm] = []

    init(_ profile: DeviceProfile, rule: WriteRule, alarms: LiveSettings) {
        self.profile = profile
        self.rule = rule
        self.alarms = alarms
        detector = LiveDetector(zone: profile.zone, settings: alarms)
    }

    /// Goes on from what is stored: the newest readings of each meter, the relays as they were left, and what was learned.
    package mutating func resume(
        from stored: [Int64: [Reading]], relays: RelayBoard, detector: LiveDetector?, standing: [LiveAlarm]
    ) {
        guard !isResumed else { return }
        isResumed = true
        self.relays = relays
        placement = Placement(resuming: stored.values.flatMap { $0 })
        for (meter, readings) in stored {
            judges[meter] = judge(after: readings.max { $0.at < $1.at })
        }
        if let detector { self.detector = detector }
        self.detector.adopt(alarms, in: profile.zone)
        self.standing += standing
    }

    /// Takes the uploads of one request.
    ///
    /// - Throws: ``IngestError``; then nothing of the request was taken.
    package mutating func take(_ uploads: [ReadingUpload], arrival: Date) throws -> TakenReadings {
        for (number, upload) in uploads.enumerated() where !profile.meters.isEmpty {
            guard meter(of: upload) != nil else {
                throw IngestError(
                    .unknownMeter, field: "meter",
                    "reading \(number + 1): this device has no meter '\(upload.meter ?? "")'")
            }
        }
        var taken = TakenReadings(received: uploads.count)
        for placed in try placement.place(uploads, arrival: arrival) { take(placed, arrival, into: &taken) }
        return taken
    }

    private mutating func take(_ placed: PlacedUpload, _ arrival: Date, into taken: inout TakenReadings) {
        let meter = meter(of: placed.upload)
        let reading = placed.upload.register.map { Reading(placed.upload, at: placed.at, register: $0) }
        if placed.isRepeat {
            if let meter, let reading { taken.rows.append(StoredReading(meter: meter.id, reading: reading)) }
            return
        }
        let isMain = meter?.id == profile.meters.first?.id
        let isNewest = isMain && latest.map { $0.at < placed.at } ?? true
        let alarms = isNewest ? detector.take(LiveReading(placed)) : []
        if isNewest {
            let ended = standing.filter(detector.isOver)
            if !ended.isEmpty { standing.removeAll(where: ended.contains) }
            standing += alarms
            taken.ended += ended
            taken.alarms += alarms
            show(placed, arrival)
            taken.orders += relays.take(RelayReport(placed, amperes: amperes), at: arrival)
        }
        guard let meter, let reading else { return }
        if judges[meter.id] == nil { judges[meter.id] = judge(after: nil) }
        let due = judges[meter.id]?.take(reading, isAlert: !alarms.isEmpty) ?? []
        taken.rows += due.map { StoredReading(meter: meter.id, reading: $0) }
    }

    /// Whether the current sensor was at its end in the last reading: what it showed is the least that flows.
    package var isClipping: Bool {
        guard let current = latest?.current, let currentLimit else { return false }
        return current >= currentLimit * Self.clippingShare
    }

    /// What flows, at the most that the last reading tells; nil where it tells neither, or the sensor is at its end.
    private var amperes: Double? {
        guard !isClipping, let latest else { return nil }
        let byPower = latest.power.flatMap { power in latest.voltage.map { $0 > 0 ? abs(power) / $0 : power } }
        return [latest.current.map(abs), byPower].compactMap { $0 }.max().map(Double.init)
    }

    /// Noise lets a sensor at its end show a little less.
    private static let clippingShare: Float = 0.98
    private static let longestInterval = 600.0

    private mutating func show(_ placed: PlacedUpload, _ arrival: Date) {
        let before = latest
        currentLimit = placed.upload.currentLimit ?? currentLimit
        longestPulse = placed.upload.longestPulse
        if let interval = before.map({ placed.at.timeIntervalSince($0.at) }), interval < Self.longestInterval {
            cadence += (interval - cadence) / 5
        }
        latest = LatestReading(placed, arrival: arrival, after: before)
        guard let register = placed.upload.register else { return }
        if today?.day.contains(placed.at) != true {
            let clock = profile.clock
            today = .beginning(
                at: placed.at, register: today == nil ? register : before?.register ?? register, on: clock)
        }
        today?.take(register)
    }

    /// Takes what the engine made of the readings of today, in the place of what was added up since.
    package mutating func reckon(_ tally: DayTally) {
        today = tally
        if let register = latest?.register { today?.take(register) }
    }

    /// Tells what time it is when no reading comes.
    ///
    /// - Returns: alarms that begin, and orders that were not obeyed in time.
    package mutating func tick(at now: Date) -> (alarms: [LiveAlarm], orders: [RelayOrder]) {
        let alarms = detector.silence(at: now)
        standing += alarms
        return (alarms, relays.tick(at: now))
    }

    /// The last readings that have no row yet.
    package mutating func takeUnstored() -> [StoredReading] {
        judges.keys.sorted().compactMap { meter in
            judges[meter]?.takeUnstored().map { StoredReading(meter: meter, reading: $0) }
        }
    }

    /// Says that rows of this device could not be stored: its next reading will be.
    package mutating func forgetStored() {
        for meter in judges.keys { judges[meter]?.forget() }
    }

    private func judge(after stored: Reading?) -> WriteJudge {
        WriteJudge(rule: rule, clock: profile.clock, lastStored: stored)
    }

    private func meter(of upload: ReadingUpload) -> Meter? {
        guard let name = upload.meter else { return profile.meters.first }
        return profile.meters.first { $0.name == name }
    }
}

/// What became of the uploads of one request.
package struct TakenReadings: Sendable {
    package let received: Int
    /// To be stored before the request is answered.
    package fileprivate(set) var rows: [StoredReading] = []
    package fileprivate(set) var alarms: [LiveAlarm] = []
    /// Alarms of what is over.
    package fileprivate(set) var ended: [LiveAlarm] = []
    /// Orders that the readings changed.
    package fileprivate(set) var orders: [RelayOrder] = []

    init(received: Int) {
        self.received = received
    }
}

extension Reading {
    init(_ upload: ReadingUpload, at instant: Date, register: Energy) {
        self.init(
            at: instant, register: register, power: upload.power, voltage: upload.voltage, current: upload.current,
            relays: upload.relays, bootID: upload.bootID, sequence: upload.sequence,
            uptime: upload.uptime.map { Int32(clamping: $0 / 1000) })
    }
}

extension LiveReading {
    init(_ placed: PlacedUpload) {
        self.init(
            at: placed.at, voltage: placed.upload.voltage.map(Double.init),
            current: placed.upload.current.map(Double.init),
            currentLimit: placed.upload.currentLimit.map(Double.init),
            power: placed.upload.power.map(Double.init), register: placed.upload.register, relay1: placed.upload.relay1,
            relay2: placed.upload.relay2)
    }
}

extension RelayReport {
    init(_ placed: PlacedUpload, amperes: Double?) {
        let pulse = placed.upload.pulse.map {
            PulseReport(
                order: $0, before: placed.upload.pulseBefore.map(Double.init),
                open: placed.upload.pulseOpen.map(Double.init))
        }
        self.init(
            at: placed.at, power: placed.upload.power.map(Double.init),
            states: PerRelay(placed.upload.relay1, placed.upload.relay2), bootID: placed.upload.bootID,
            uptime: placed.upload.uptime.map { Int32(clamping: $0 / 1000) }, amperes: amperes, pulse: pulse)
    }
}
