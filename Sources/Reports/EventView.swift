import Metering

/// What the register did besides counting, in plain words.
struct EventView: Sendable {
    let text: String
}

extension EventView {
    init(_ event: RegisterEvent, _ wording: Wording) {
        let span = wording.span(event.period)
        let at = wording.instant(event.period.upperBound)
        text =
            switch event.kind {
            case .gap:
                "No readings from \(span) (\(wording.duration(event.period.seconds))). The register counted "
                    + "\(wording.energy(event.credited, places: 3)) meanwhile; it is kept, spread over the time and marked as "
                    + "estimated."
            case .glitch:
                "The register showed \(wording.energy(event.after)) for a moment at \(at). That reading was left out."
            case .reset:
                "The register began again at zero by \(at); it had shown \(wording.energy(event.before)). What was used "
                    + "just before is not known."
            case .rollback:
                "After a restart at \(at) the register stood "
                    + "\(wording.energy(event.before - event.after, places: 3)) lower. Nothing is counted twice."
            case .implausible:
                "At \(at) the register jumped by \(wording.energy(event.after - event.before)), more than the connection "
                    + "can carry. That reading was left out."
            case .replacement:
                "From \(at) on another register counts, beginning at \(wording.energy(event.after)). The step itself is not "
                    + "counted as used."
            case .rollover:
                "By \(at) the register had reached its last figure and gone on from zero. \(wording.energy(event.credited, places: 3)) "
                    + "were used meanwhile."
            case .stall:
                "The register stood still from \(span) while power flowed. \(wording.energy(event.credited, places: 3)) are "
                    + "reckoned from the power and marked as estimated."
            case .stuck:
                "From \(span) the device repeated one figure of power. What its register counted is kept and, after ten hours, "
                    + "marked as estimated."
            case .duplicate:
                "Two readings of \(at) disagree. The first of them is used."
            case .clockJump:
                "Readings by \(at) came with a wrong time. They were left out."
            case .correction:
                "The consumption from \(span) was set by a person to \(wording.energy(event.credited, places: 3))."
            }
    }
}

/// The events of a period in one line, and one by one.
struct EventsView: Sendable {
    let eventSummary: String
    let events: [EventView]

    init(_ figures: PeriodFigures) {
        let wording = figures.wording
        let found = figures.events
        let gaps = found.filter { $0.kind == .gap }
        var parts: [String] = []
        if !gaps.isEmpty {
            let seconds = gaps.reduce(0) { $0 + $1.period.seconds }
            parts.append(
                "\(wording.count(gaps.count, "gap", "gaps")) in the readings, \(wording.duration(seconds)) in all")
        }
        for (kind, one, many) in [
            (RegisterEvent.Kind.reset, "reset", "resets"), (.glitch, "stray reading", "stray readings"),
            (.rollback, "step back after a restart", "steps back after restarts"),
            (.implausible, "impossible reading", "impossible readings"),
            (.replacement, "new register", "new registers"),
        ] {
            let count = found.count { $0.kind == kind }
            if count > 0 { parts.append(wording.count(count, one, many)) }
        }
        eventSummary = parts.isEmpty ? "" : parts.joined(separator: "; ") + "."
        events = found.map { EventView($0, wording) }
    }
}
