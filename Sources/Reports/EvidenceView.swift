import Analysis
import Charts
import Foundation
import Metering
import Notices

/// The evidence of a finding as a picture with its figures in words and as a table.
struct EvidenceView: Sendable {
    private let finding: NightFinding
    private let evidence: FindingEvidence
    private let wording: Wording

    init(_ finding: NightFinding, _ evidence: FindingEvidence, _ wording: Wording) {
        self.finding = finding
        self.evidence = evidence
        self.wording = wording
    }

    func make(in folder: PageFolder) throws -> (view: ChartView, files: [SiteFile]) {
        let number: @Sendable (Double, Int) -> String = { [wording] in wording.number($0, $1) }
        let chart = EvidenceChart(
            style, observed: evidence.observed, low: evidence.low, high: evidence.high, other: evidence.other,
            marked: evidence.marked, limit: limit, ticks: ticks, words: words, number: number)
        return try ChartView.make(
            chart, named: name, in: folder, heading: finding.kind.notice.title, alt: alt, table: table)
    }

    /// `finding-left_on-2026-02-15-1800`: a meter has no two findings of one kind that begin together.
    private var name: String {
        let start = finding.period.lowerBound
        let time = wording.time(start).filter { $0 != ":" }
        return "finding-\(finding.kind.rawValue)-\(wording.clock.date(at: start))-\(time)"
    }

    private var style: EvidenceChart.Style {
        switch finding.kind {
        case .highDay, .lowDay, .nightBase: .bars
        case .voltage: .level
        case .billJump: .sums
        default: .stairs
        }
    }

    private var unit: String {
        switch finding.kind {
        case .highDay, .lowDay, .billJump: "kWh"
        case .voltage: "V"
        default: "W"
        }
    }

    private var places: Int { unit == "kWh" ? 1 : 0 }

    private var limit: (value: Double, label: String)? {
        switch finding.kind {
        case .billJump: (finding.usual, "\(limitName) \(wording.number(finding.usual, 0)) kWh")
        case .leftOn: (finding.observed, "hardly below \(wording.number(finding.observed, 0)) W")
        default: nil
        }
    }

    private var limitName: String { evidence.jump?.reason == .aboveUsual ? "usual:" : "dearer above" }

    private var words: EvidenceChart.Words {
        let isSingle = zip(evidence.low, evidence.high).allSatisfy { $0 == $1 }
        let usual = isSingle ? "usual" : "usual, 8 of 10 days"
        return switch finding.kind {
        case .highDay, .lowDay:
            EvidenceChart.Words(unit: "kWh", observed: "used", usual: usual, marked: "this day", missing: missing)
        case .nightBase:
            EvidenceChart.Words(
                unit: "W", observed: "never below", usual: usual, marked: "these days", missing: missing)
        case .billJump:
            EvidenceChart.Words(
                unit: "kWh", observed: "used so far", usual: usual, other: "expected range",
                marked: "still to come")
        case .voltage: EvidenceChart.Words(unit: "V", observed: "voltage", usual: usual, marked: "this time")
        case .register:
            EvidenceChart.Words(unit: "W", observed: "flowed", usual: usual, other: "counted", marked: "stood still")
        case .gap: EvidenceChart.Words(unit: "W", observed: "power", usual: usual, marked: "nothing was read")
        default:
            EvidenceChart.Words(unit: "W", observed: "power", usual: usual, marked: "this time")
        }
    }

    private var missing: String? {
        evidence.observed.contains { $0 == nil } ? "no data" : nil
    }
}

extension EvidenceView {
    private func day(_ index: Int) -> LocalDate? {
        guard case .days(let first) = evidence.grid else { return nil }
        return first.adding(days: index)
    }

    private func instant(_ index: Int) -> Date? {
        guard case .steps(let start, let seconds) = evidence.grid else { return nil }
        return start.addingTimeInterval(Double(index * seconds))
    }

    /// Days every so often; hours at midnight with the day, at noon with the hour.
    private var ticks: [(place: Double, label: String)] {
        let count = evidence.observed.count
        guard case .steps(let start, let seconds) = evidence.grid else {
            let every = max(1, (count + 5) / 6)
            let shown = stride(from: 0, to: count, by: every)
            return shown.map { (Double($0) + 0.5, day($0).map(wording.shortDate) ?? "") }
        }
        let end = start.addingTimeInterval(Double(count * seconds))
        let hours = end.timeIntervalSince(start) / 3600
        let every = [3.0, 6, 12, 24, 48, 96, 192, 384].first { hours / $0 <= 6 } ?? 768
        return marks(from: start, to: end, every: every).map { instant, label in
            (instant.timeIntervalSince(start) / Double(seconds), label)
        }
    }

    private func marks(from start: Date, to end: Date, every hours: Double) -> [(Date, String)] {
        let clock = wording.clock
        let first = clock.date(at: start)
        let days = (0...max(1, first.days(until: clock.date(at: end)))).map(first.adding(days:))
        let step = max(1, Int(hours / 24))
        return stride(from: 0, to: days.count, by: step).flatMap { index -> [(Date, String)] in
            let span = clock.period(of: days[index])
            let wanted = clock.hourBoundaries(of: span).dropLast().filter { instant in
                instant == span.lowerBound || hours < 24 && clock.hour(at: instant) % Int(hours) == 0
            }
            return wanted.filter { $0 >= start && $0 <= end }.map { instant in
                (instant, instant == span.lowerBound ? wording.shortDate(days[index]) : wording.time(instant))
            }
        }
    }

    private func label(_ index: Int) -> String {
        if let day = day(index) { return wording.weekday(day) }
        guard let instant = instant(index) else { return "" }
        return "\(wording.weekday(wording.clock.date(at: instant))), \(wording.time(instant))"
    }

    private func figure(_ value: Double?) -> String {
        value.map { wording.number($0, places) } ?? "–"
    }

    private func range(_ index: Int) -> String {
        guard let low = evidence.low[index], let high = evidence.high[index] else { return "–" }
        return low == high ? figure(low) : "\(figure(low)) to \(figure(high))"
    }
}

extension EvidenceView {
    private var alt: String {
        guard finding.kind != .billJump else { return jumpAlt }
        let marked = evidence.marked.compactMap { evidence.observed[$0] }
        let seen =
            marked.min().flatMap { least in
                marked.max().map { most in
                    least == most ? "\(figure(least)) \(unit)" : "\(figure(least)) to \(figure(most)) \(unit)"
                }
            } ?? "nothing was read"
        let lows = evidence.marked.compactMap { evidence.low[$0] }
        let highs = evidence.marked.compactMap { evidence.high[$0] }
        let usual = lows.min().flatMap { low in
            highs.max().map { high in
                low == high
                    ? "; usual is \(figure(low)) \(unit)" : "; usual are \(figure(low)) to \(figure(high)) \(unit)"
            }
        }
        return "\(finding.kind.notice.title), \(FindingText.when(finding, wording)): \(seen)\(usual ?? "")."
    }

    private var jumpAlt: String {
        let last = evidence.observed.compactMap { $0 }.last
        let end = evidence.other.compactMap { $0 }.last
        return "Energy of the period adding up: \(figure(last)) kWh before "
            + "\(wording.shortDate(wording.clock.date(at: finding.period.lowerBound))), \(figure(end)) kWh expected at the end, "
            + "between \(figure(evidence.low.last ?? nil)) and \(figure(evidence.high.last ?? nil)) kWh; "
            + "\(limitName) \(wording.number(finding.usual, 0)) kWh."
    }

    private var table: TableView {
        var columns = [day(0) == nil ? "From" : "Day", "Seen, \(unit)", "Usual, \(unit)"]
        if let other = words.other { columns.append("\(other.prefix(1).uppercased())\(other.dropFirst()), \(unit)") }
        if finding.kind == .billJump { columns = ["Day", "Used, kWh", "Probably, kWh", "Expected, kWh"] }
        return TableView(
            caption:
                "\(words.marked.prefix(1).uppercased())\(words.marked.dropFirst()): \(FindingText.when(finding, wording))",
            columns: columns,
            rows: evidence.observed.indices.map { index in
                let other = evidence.other.isEmpty ? [] : [figure(evidence.other[index])]
                return TableView.Row(
                    title: label(index), cells: [figure(evidence.observed[index]), range(index)] + other)
            })
    }
}
