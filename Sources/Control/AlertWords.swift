/// The sentences in which alerts are told: for each kind a text with places for figures.
///
/// `{who}` is the socket or the home, `{observed}`, `{usual}` and `{share}` are figures.
package struct AlertWords: Sendable {
    /// One kind's texts: where the figure lies below what is usual there may be another one.
    struct Texts: Sendable {
        let above: String
        var below: String?
        var unit = Unit.watts
    }

    enum Unit: Sendable {
        case watts, volts, amperes, seconds, kilowattHours
    }

    private let texts: [AlertKind: Texts]

    init(_ texts: [AlertKind: Texts]) {
        self.texts = texts
    }

    /// One plain sentence for a condition.
    package func sentence(for condition: AlertCondition, in place: AlertPlace) -> String {
        guard let texts = texts[condition.key.kind] else { return condition.key.kind.rawValue }
        let (observed, usual) = (condition.observed ?? 0, condition.usual ?? 0)
        let figures = [
            "{who}": place.name(of: condition.key.socket),
            "{device}": place.name(of: .none),
            "{observed}": texts.unit.text(observed),
            "{usual}": texts.unit.text(usual),
            "{share}": usual > 0 ? "\(Int((observed / usual * 100).rounded(.down))) %" : "all",
        ]
        let text = observed < usual ? texts.below ?? texts.above : texts.above
        return figures.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }
}

extension AlertWords.Unit {
    fileprivate func text(_ value: Double) -> String {
        switch self {
        case .watts: "\(Self.number(value, places: 0)) W"
        case .volts: "\(Self.number(value, places: 0)) V"
        case .amperes: "\(Self.number(value, places: 1)) A"
        case .kilowattHours: "\(Self.number(value, places: 1)) kWh"
        case .seconds: Self.duration(value)
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
