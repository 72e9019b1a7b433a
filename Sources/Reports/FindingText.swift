import Analysis
import Foundation
import Metering
import Notices

/// A finding in plain words: when, what was seen and what would have been usual.
struct FindingText: Sendable {
    let text: String

    init(_ finding: NightFinding, _ wording: Wording) {
        let notice = finding.kind.notice
        let told = notice.pastText([
            "observed": Self.figure(finding.observed, notice.unit, wording),
            "usual": Self.figure(finding.usual, notice.unit, wording),
        ])
        text = "\(Self.when(finding, wording)): \(told)"
    }

    /// A day where it is one, else from when to when.
    private static func when(_ finding: NightFinding, _ wording: Wording) -> String {
        let day = wording.clock.date(at: finding.period.lowerBound)
        return wording.clock.period(of: day) == finding.period ? wording.weekday(day) : wording.span(finding.period)
    }

    private static func figure(_ value: Double, _ unit: NoticeUnit, _ wording: Wording) -> String {
        switch unit {
        case .kilowattHours: "\(wording.number(value, 1)) kWh"
        case .seconds: wording.duration(value)
        case .hours: wording.duration(value * 3600)
        case .volts: "\(wording.number(value, 0)) V"
        case .amperes: "\(wording.number(value, 1)) A"
        case .watts: "\(wording.number(value, 0)) W"
        }
    }
}

extension NightFinding {
    /// What orders findings: how grave, how much energy, how sure.
    var rank: (NoticeSeverity, Int64, Double) {
        (kind.notice.severity(), abs(extra?.milliwattHours ?? 0), score)
    }
}
