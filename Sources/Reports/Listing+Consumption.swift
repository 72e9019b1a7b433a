package import Metering

extension Listing {
    /// Consumption period by period; one of which nothing is known has no figure, which is not zero.
    package init(_ periods: [PeriodConsumption], on clock: LocalClock) {
        columns = ["start", "end", "kwh", "coverage", "quality", "raw_max_min_kwh"]
        rows = periods.map { period in
            let whole = period.whole
            return [
                .text(clock.timestamp(whole.period.lowerBound)), .text(clock.timestamp(whole.period.upperBound)),
                whole.isKnown ? .number(whole.energy.kilowattHourDigits) : .empty,
                .number(whole.coverage.fourPlaces), .text(whole.isKnown ? whole.quality.words : "missing"),
                period.rawMaxMin.map { .number($0.kilowattHourDigits) } ?? .empty,
            ]
        }
    }

    /// What the register did besides counting. A stretch is told at its start; a step, with the reading that shows it.
    package init(_ events: [RegisterEvent], on clock: LocalClock) {
        columns = ["at", "kind", "before_kwh", "after_kwh", "credited_kwh"]
        rows = events.map { event in
            [
                .text(clock.timestamp(event.isStretch ? event.period.lowerBound : event.period.upperBound)),
                .text(event.kind.rawValue), .number(event.before.kilowattHourDigits),
                .number(event.after.kilowattHourDigits), .number(event.credited.kilowattHourDigits),
            ]
        }
    }
}

extension RegisterEvent {
    fileprivate var isStretch: Bool {
        switch kind {
        case .glitch, .implausible, .stall, .stuck, .gap, .correction: true
        case .reset, .rollback, .rollover, .replacement, .duplicate, .clockJump: false
        }
    }
}

extension Quality {
    /// `estimated+after_reset`; `measured` when nothing else is to be said.
    fileprivate var words: String {
        let known: [(Quality, String)] = [
            (.estimated, "estimated"), (.afterReset, "after_reset"), (.restated, "restated"), (.corrected, "corrected"),
        ]
        let words = known.filter { contains($0.0) }.map(\.1)
        return words.isEmpty ? "measured" : words.joined(separator: "+")
    }
}

extension Coverage {
    /// The share from 0 to 1, rounded down, so that only a complete period shows 1.
    fileprivate var fourPlaces: String {
        let share = totalSeconds == 0 ? 0 : min(observedSeconds, totalSeconds) * 10_000 / totalSeconds
        let places = String(share % 10_000)
        return "\(share / 10_000)." + String(repeating: "0", count: 4 - places.count) + places
    }
}

extension Energy {
    /// Kilowatt-hours to the last milliwatt-hour: `12.345678`.
    fileprivate var kilowattHourDigits: String {
        let (whole, rest) = milliwattHours.magnitude.quotientAndRemainder(dividingBy: Self.perKilowattHour.magnitude)
        let places = String(rest)
        return (milliwattHours < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: 6 - places.count) + places
    }
}
