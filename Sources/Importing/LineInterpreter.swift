import Foundation
import Metering

/// Turns lines into readings of the meters they speak of.
struct LineInterpreter {
    let header: Header
    private let options: ReadingFile.Options
    private let clock: LocalClock
    private var times: TimeField
    private var households: [ArraySlice<UInt8>: Int] = [:]
    /// For each household in the file, its meters in the order of the channels.
    private var tracks: [[MeterTrack]] = []
    /// For each household in the file, hours in which its clock showed what no clock on the wall did.
    private var doubtfulHours: [Set<Range<Date>>] = []
    private var lastHousehold: (bytes: ArraySlice<UInt8>, index: Int)?
    private(set) var tally = Tally()
    private(set) var waiting = 0

    /// Lines that are good but give less than they seem to.
    struct Tally {
        var madeUp = 0
        var skipped = 0
        var withoutFigures = 0

        var descriptions: [String] {
            var texts: [String] = []
            if madeUp > 0 { texts.append("values marked as made up, left out: \(madeUp)") }
            if skipped > 0 {
                texts.append(
                    "lines with a clock time that never was (the clocks went forward): \(skipped); what was used in that "
                        + "and the hour before is kept, their readings are left out")
            }
            if withoutFigures > 0 { texts.append("lines without figures: \(withoutFigures)") }
            return texts
        }
    }

    init(_ header: Header, options: ReadingFile.Options) throws {
        guard header.household != nil || header.device != nil || options.household != nil else {
            throw ImportError(
                .household, "the file does not say whose readings these are: name the household with --household")
        }
        self.header = header
        self.options = options
        let isUTC = if case .instant(_, isUTC: true) = header.time { true } else { false }
        times = TimeField(zone: isUTC ? .gmt : options.zone)
        clock = LocalClock(zone: options.zone)
    }

    mutating func beginAgain() {
        for household in tracks.indices {
            let cadence = tracks[household].compactMap(\.steps.mostCommon).min() ?? 60
            for channel in tracks[household].indices {
                tracks[household][channel].beginAgain(cadence: tracks[household][channel].steps.mostCommon ?? cadence)
            }
        }
        tally = Tally()
        waiting = 0
    }

    mutating func takeReadings() -> [MeterReadings] {
        waiting = 0
        var taken: [MeterReadings] = []
        for household in tracks.indices {
            for channel in tracks[household].indices {
                if let readings = tracks[household][channel].takeReadings() { taken.append(readings) }
            }
        }
        return taken
    }
}

extension LineInterpreter {
    mutating func survey(_ line: Line) throws {
        let (household, time) = try place(line)
        let madeUp = tally.madeUp
        var hasFigure = false
        for channel in header.channels.indices {
            guard try figure(of: channel, in: line) != nil else { continue }
            hasFigure = true
            guard case .at(let instant) = resolve(time, household, channel) else { continue }
            try checkOrder(instant, household, channel)
            tracks[household][channel].survey(instant)
        }
        _ = try extras(of: line)
        if case .skipped(let hour) = time {
            tally.skipped += 1
            doubtfulHours[household].insert(hour)
        }
        if !hasFigure, tally.madeUp == madeUp { tally.withoutFigures += 1 }
    }

    private func checkOrder(_ instant: Date, _ household: Int, _ channel: Int) throws {
        let track = tracks[household][channel]
        guard track.isDerived, let last = track.lastInstant, instant <= last else { return }
        throw Fault(field: header.names[timeColumn], reason: "not after the line before, as intervals must be")
    }
}

extension LineInterpreter {
    /// Works on copies until the whole line is known to be good.
    mutating func read(_ line: Line) throws {
        let (household, time) = try place(line)
        let figures = try header.channels.indices.map { try figure(of: $0, in: line) }
        let extras = try extras(of: line)
        for (channel, figure) in figures.enumerated() {
            guard let figure else { continue }
            try take(figure, extras, resolve(time, household, channel), household, channel)
        }
    }

    private mutating func take(
        _ figure: Figure, _ extras: Reading, _ place: Place, _ household: Int, _ channel: Int
    ) throws {
        let isMain = tracks[household][channel].role == .main
        let before = tracks[household][channel].readings.count
        switch (figure, place) {
        case (.register(let register), .at(let instant)):
            var reading = Reading(at: instant, register: register)
            if isMain { reading.take(extras) }
            tracks[household][channel].add(reading)
        case (.register, .nowhere):
            return
        case (.interval(let quantity), .nowhere):
            tracks[household][channel].keep(quantity, seconds: cadence(household, channel))
        case (.interval(let quantity), .at(let instant)):
            try checkOrder(instant, household, channel)
            let interval = interval(at: instant, cadence: cadence(household, channel))
            let none = Reading(at: instant, register: .zero)
            tracks[household][channel].add(quantity, over: interval, toldAt: instant, extras: isMain ? extras : none)
        }
        waiting += tracks[household][channel].readings.count - before
    }

    private func cadence(_ household: Int, _ channel: Int) -> Double {
        tracks[household][channel].cadence ?? 60
    }

    private func interval(at instant: Date, cadence: Double) -> Range<Date> {
        if case .day = header.time { return clock.period(of: clock.date(at: instant)) }
        return header.intervalsEndAtTime
            ? instant.addingTimeInterval(-cadence)..<instant : instant..<instant.addingTimeInterval(cadence)
    }
}

extension LineInterpreter {
    private enum Figure {
        case register(Energy)
        case interval(Cumulative.Quantity)
    }

    private enum Place {
        case at(Date)
        case nowhere
    }

    private var timeColumn: Int {
        switch header.time {
        case .instant(let column, _), .day(let column): column
        }
    }

    private mutating func place(_ line: Line) throws -> (household: Int, time: TimeField.Value) {
        guard line.fields.count == header.names.count else {
            throw Fault(
                field: "line", reason: "it has not the \(header.names.count) fields that the header names")
        }
        let time: TimeField.Value?
        switch header.time {
        case .instant(let column, _): time = times.value(line[column])
        case .day(let column): time = times.day(line[column]).map { .instant(clock.start(of: $0)) }
        }
        guard let time else {
            throw Fault(field: header.names[timeColumn], reason: "'\(line.text(timeColumn))' is not a time")
        }
        return (try household(of: line), time)
    }

    private func resolve(_ time: TimeField.Value, _ household: Int, _ channel: Int) -> Place {
        switch time {
        case .instant(let instant): isDoubtful(instant, household) ? .nowhere : .at(instant)
        case .twice(let earlier, let later): .at(tracks[household][channel].choose(earlier: earlier, later: later))
        case .skipped: .nowhere
        }
    }

    /// Whether the two clock hours that fell into this one cannot be told apart.
    private func isDoubtful(_ instant: Date, _ household: Int) -> Bool {
        doubtfulHours[household].contains { $0.contains(instant) && instant > $0.lowerBound }
    }

    private mutating func household(of line: Line) throws -> Int {
        let column = header.household ?? header.device
        let bytes = column.map { line[$0] } ?? []
        if let lastHousehold, lastHousehold.bytes == bytes { return lastHousehold.index }
        if column != nil, bytes.isEmpty {
            throw Fault(field: header.names[column ?? 0], reason: "empty")
        }
        let index = households[bytes] ?? tracks.count
        if index == tracks.count {
            // A copy of its own: the line's bytes are a piece of a large buffer.
            let own = ArraySlice(Array(bytes))
            households[own] = index
            tracks.append(newTracks(named: String(decoding: bytes, as: UTF8.self)))
            doubtfulHours.append([])
        }
        lastHousehold = (bytes, index)
        return index
    }

    /// A device is a household of its own, or a meter of the household told.
    private func newTracks(named name: String) -> [MeterTrack] {
        header.channels.map { channel in
            guard header.household == nil, header.device != nil, let household = options.household else {
                let household = name.isEmpty ? options.household ?? "" : name
                return MeterTrack(household: household, channel: channel, meterName: channel.name, role: channel.role)
            }
            let meter = channel.name == "main" ? name : "\(name) \(channel.name)"
            let role: Meter.Role =
                channel.role == .main && name != options.main && options.main != nil ? .sub : channel.role
            return MeterTrack(household: household, channel: channel, meterName: meter, role: role)
        }
    }

    /// The meter's figure; nil when the field is empty or marked as made up.
    private mutating func figure(of channel: Int, in line: Line) throws -> Figure? {
        let channel = header.channels[channel]
        let field = line[channel.column]
        guard !field.isEmpty else { return nil }
        guard try !isMadeUp(channel, in: line) else {
            tally.madeUp += 1
            return nil
        }
        guard let number = Decimal(field) else { throw notANumber(channel.column, line) }
        guard number.digits >= 0 else {
            throw Fault(field: header.names[channel.column], reason: "a figure of energy is below zero")
        }
        let places =
            switch channel.source {
            case .register: 6
            case .intervalEnergy(let places): places
            case .power: 3
            }
        guard let whole = number.whole(places: places), whole < 1_000_000_000_000_000_000 else {
            throw Fault(field: header.names[channel.column], reason: "'\(line.text(channel.column))' is too large")
        }
        return switch channel.source {
        case .register: .register(Energy(milliwattHours: whole))
        case .intervalEnergy: .interval(.energy(Energy(milliwattHours: whole)))
        case .power: .interval(.power(milliwatts: whole))
        }
    }

    private func isMadeUp(_ channel: Header.Channel, in line: Line) throws -> Bool {
        if let filled = header.filled, line[filled].elementsEqual([UInt8(ascii: "1")]) { return true }
        guard let column = header.interpolated, !line[column].isEmpty else { return false }
        return line.text(column).split(separator: "|").contains { name in
            let name = name.trimmingCharacters(in: .whitespaces)
            return name == channel.name || name == header.names[channel.column]
        }
    }

    private func extras(of line: Line) throws -> Reading {
        var reading = Reading(at: .distantPast, register: .zero)
        reading.power = try number(header.extras.power, in: line)
        reading.voltage = try number(header.extras.voltage, in: line)
        reading.current = try number(header.extras.current, in: line)
        for (relay, column) in header.extras.relays.enumerated() where !line[column].isEmpty {
            let state = try relayState(column, in: line)
            let bit: RelayStates = relay == 0 ? .first : .second
            reading.relays = (reading.relays ?? []).union(state ? bit : [])
        }
        reading.bootID = try whole(header.extras.bootID, in: line).map(Int32.init(truncatingIfNeeded:))
        reading.sequence = try whole(header.extras.sequence, in: line)
        return reading
    }

    private func number(_ column: Int?, in line: Line) throws -> Float? {
        guard let column, !line[column].isEmpty else { return nil }
        guard let number = Decimal(line[column]) else { throw notANumber(column, line) }
        return Float(number.approximate)
    }

    private func whole(_ column: Int?, in line: Line) throws -> Int64? {
        guard let column, !line[column].isEmpty else { return nil }
        guard let number = Decimal(line[column]), number.places <= 0, let whole = number.whole(places: 0) else {
            throw Fault(field: header.names[column], reason: "'\(line.text(column))' is not a whole number")
        }
        return whole
    }

    private func relayState(_ column: Int, in line: Line) throws -> Bool {
        switch line.text(column).lowercased() {
        case "1", "true", "on": return true
        case "0", "false", "off": return false
        default: throw Fault(field: header.names[column], reason: "'\(line.text(column))' is neither 0 nor 1")
        }
    }

    private func notANumber(_ column: Int, _ line: Line) -> Fault {
        Fault(field: header.names[column], reason: "'\(line.text(column))' is not a number")
    }
}

extension Reading {
    /// Takes what a device tells besides its register.
    mutating func take(_ extras: Reading) {
        (power, voltage, current) = (extras.power, extras.voltage, extras.current)
        (relays, bootID, sequence) = (extras.relays, extras.bootID, extras.sequence)
    }
}
