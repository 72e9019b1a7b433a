import Analysis
import Foundation
import Metering

/// A finding in plain words: when, what was seen and what would have been usual.
struct FindingText: Sendable {
    let text: String

    init(_ finding: NightFinding, _ wording: Wording) {
        let observed = Self.figure(finding.observed, finding.kind, wording)
        let usual = Self.figure(finding.usual, finding.kind, wording)
        text = "\(Self.when(finding, wording)): \(finding.kind.words.text(observed: observed, usual: usual))"
    }

    /// A day where it is one, else from when to when.
    private static func when(_ finding: NightFinding, _ wording: Wording) -> String {
        let day = wording.clock.date(at: finding.period.lowerBound)
        return wording.clock.period(of: day) == finding.period ? wording.weekday(day) : wording.span(finding.period)
    }

    private static func figure(_ value: Double, _ kind: NightFinding.Kind, _ wording: Wording) -> String {
        switch kind {
        case .highDay, .lowDay: "\(wording.number(value, 1)) kWh"
        case .gap: wording.duration(value * 3600)
        case .voltage: "\(wording.number(value, 0)) V"
        case .leftOn, .nightBase, .dead, .stuck, .register: "\(wording.number(value, 0)) W"
        }
    }
}

extension NightFinding {
    /// What orders findings: how grave, how much energy, how sure.
    var rank: (FindingGravity, Int64, Double) {
        (kind.words.gravity, abs(extra?.milliwattHours ?? 0), score)
    }
}
