import Notices

extension NoticeUnit {
    /// A figure as an alert's sentence has it: `1,870 W`, `12 minutes`.
    func text(_ value: Double) -> String {
        switch self {
        case .watts: "\(Self.number(value, places: 0)) W"
        case .volts: "\(Self.number(value, places: 0)) V"
        case .amperes: "\(Self.number(value, places: 1)) A"
        case .kilowattHours: "\(Self.number(value, places: 1)) kWh"
        case .seconds: Self.duration(value)
        case .hours: Self.duration(value * 3600)
        }
    }

    /// `1,870.5`: thousands in groups, rounded half away from zero.
    private static func number(_ value: Double, places: Int) -> String {
        let scale = places == 0 ? 1.0 : 10.0
        guard value.isFinite, abs(value) < 1e15 else { return "\u{2013}" }
        let shown = Int((abs(value) * scale).rounded())
        let (whole, tenths) = places == 0 ? (shown, 0) : (shown / 10, shown % 10)
        return (value < 0 && shown > 0 ? "\u{2212}" : "") + grouped(whole) + (places == 0 ? "" : ".\(tenths)")
    }

    private static func grouped(_ whole: Int) -> String {
        guard whole >= 1000 else { return "\(whole)" }
        let rest = String(whole % 1000)
        return grouped(whole / 1000) + "," + String(repeating: "0", count: 3 - rest.count) + rest
    }

    private static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
        switch seconds {
        case ..<1.5: return "second"
        case ..<120: return "\(number(seconds, places: 0)) seconds"
        case ..<7200: return "\(number(seconds / 60, places: 0)) minutes"
        default: return "\(number(seconds / 3600, places: 0)) hours"
        }
    }
}
