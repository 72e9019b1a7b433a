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

/// The events of a period in one line, counted for the receipt, and one by one.
struct EventsView: Sendable {
    let eventSummary: String
    /// A row for each kind that there was: how often, and what was counted as used over those times.
    let receipt: [TableView.Row]
    let events: [EventView]

    private static let names: [(kind: RegisterEvent.Kind, one: String, many: String)] = [
        (.gap, "gap in the readings", "gaps in the readings"), (.reset, "reset", "resets"),
        (.glitch, "stray reading", "stray readings"),
        (.rollback, "step back after a restart", "steps back after restarts"),
        (.rollover, "start from zero after the last figure", "starts from zero after the last figure"),
        (.implausible, "impossible reading", "impossible readings"), (.replacement, "new register", "new registers"),
        (.stall, "register that stood still", "registers that stood still"),
        (.stuck, "power that was repeated", "powers that were repeated"),
        (.duplicate, "double reading", "double readings"), (.clockJump, "wrong clock", "wrong clocks"),
        (.correction, "correction by a person", "corrections by a person"),
    ]

    init(_ figures: PeriodFigures) {
        let wording = figures.wording
        let byKind = Dictionary(grouping: figures.events, by: \.kind)
        var parts: [String] = []
        var rows: [TableView.Row] = []
        for (kind, one, many) in Self.names {
            guard let found = byKind[kind] else { continue }
            let lasting = found.reduce(0) { $0 + $1.period.seconds }
            let duration = kind == .gap || kind == .stall ? ", \(wording.duration(lasting)) in all" : ""
            parts.append(wording.count(found.count, one, many) + duration)
            rows.append(
                TableView.Row(
                    title: many.prefix(1).uppercased() + many.dropFirst(),
                    cells: ["\(found.count)", wording.kilowattHours(found.map(\.credited).sum(), places: 3)]))
        }
        eventSummary = parts.isEmpty ? "" : parts.joined(separator: "; ") + "."
        receipt = rows
        events = figures.events.map { EventView($0, wording) }
    }
}

extension PeriodFigures {
    /// `3 power cuts, 2 h 14 min; 41 min unknown; 0.8 % of energy estimated.` Empty without outages.
    var outageSummary: String {
        let summary = OutageSummary(outages, ofTotal: total?.energy ?? .zero)
        guard !summary.lines.isEmpty else { return "" }
        let lines = summary.lines.map { line in
            let duration = wording.duration(line.seconds)
            return switch line.cause {
            case .powerCut: "\(wording.count(line.count, "power cut", "power cuts")), \(duration)"
            case .networkLost: "\(wording.count(line.count, "lost network", "lost networks")), \(duration)"
            case .deviceRestarted:
                "\(wording.count(line.count, "restart of the device", "restarts of the device")), \(duration)"
            case .serverDown:
                "\(wording.count(line.count, "time the server was down", "times the server was down")), \(duration)"
            case .unknown: "\(duration) unknown"
            }
        }
        return "Outages: " + lines.joined(separator: "; ")
            + "; \(wording.percent(summary.estimatedShare)) of energy estimated."
    }

    /// Says which days say something else than they did when they were over.
    var restatedNote: String {
        let days = restatedDays
        guard let first = days.first, let last = days.last else { return "" }
        let which =
            days.count == 1
            ? wording.shortDate(first)
            : "\(wording.count(days.count, "day", "days")) between \(wording.shortDate(first)) and \(wording.shortDate(last))"
        return "Restated after it was over, because readings or corrections came late: \(which)."
    }

    /// Which of a person's words were used, by whom and why.
    var correctionTexts: [String] {
        corrections.map { correction in
            let what =
                switch correction.change {
                case .consumption(let energy): "\(wording.energy(energy, places: 3)) were used"
                case .ruling(.leaveOut): "the readings are left out"
                case .ruling(.counted): "the step is true consumption"
                case .ruling(.reset): "the register began again at zero"
                case .ruling(.rollback): "the register was restored late"
                case .ruling(.rollover): "the register went on from zero after its last figure"
                case .ruling(.replacement): "another register counts from here on"
                }
            return "\(wording.span(correction.period)): \(what). \(correction.reason) (\(correction.author), "
                + "\(wording.instant(correction.decidedAt)))"
        }
    }
}
