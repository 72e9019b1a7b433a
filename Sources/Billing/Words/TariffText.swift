/// A tariff in words and tables, as a person would read it.
package struct TariffText {
    private let tariff: Tariff
    private let showsEveryVersion: Bool

    package init(_ tariff: Tariff, showsEveryVersion: Bool) {
        self.tariff = tariff
        self.showsEveryVersion = showsEveryVersion
    }

    /// Several lines, without a newline at the end.
    package var text: String {
        (head + inputs + timesOfUse + seasons + versions + sources).joined(separator: "\n")
    }

    private var head: [String] {
        let rules = tariff.billing
        let length =
            switch rules.length {
            case .nominal: "a period counts whole months"
            case .daysOver30: "a period counts its days over 30"
            case .calendarFractions: "a period counts its share of each calendar month"
            case .days: "limits are for each day"
            case .bill: "limits are for a bill, whatever its days"
            }
        return [
            "\(tariff.name) (\(tariff.id))",
            "\(tariff.currency.code), \(tariff.zone); an ordinary bill is for "
                + "\(rules.months == 1 ? "one month" : "\(rules.months) months"); \(length)",
            "lines to \(words(tariff.rounding.line)), the total to \(words(tariff.rounding.total))",
            "when a price changes inside a period: \(words(rules.versionChange))",
        ]
    }

    private func words(_ rounding: Rounding) -> String {
        let step = decimalText(ofWholeNumber: Int128(rounding.step.billionths), places: Rate.places, least: 0)
        return "\(step) (\(rounding.mode.rawValue.replacing("_", with: " ")))"
    }

    private func words(_ change: BillingRules.Change) -> String {
        switch change {
        case .billDate: "the version in force on the bill's date makes the whole bill"
        case .periodStart: "the version in force on the first day makes the whole bill"
        case .periodEnd: "the version in force on the last day makes the whole bill"
        case .splitByDays: "units and limits are shared out by days"
        case .blendByDays(let places):
            "each version makes the whole bill, weighted by days up to the bill's date (\(places) decimals)"
        case .readAtChange: "the meter is read on the day of the change"
        }
    }

    private var inputs: [String] {
        guard !tariff.inputs.isEmpty else { return [] }
        return ["", "The household tells (--input NAME=VALUE):"]
            + tariff.inputs.map { input in
                let preset = input.preset.map { "; \($0) unless told" } ?? (input.isOptional ? "; may be left out" : "")
                return "  \(input.name): \(input.valuesInWords)\(preset)" + (input.about.map { " — \($0)" } ?? "")
            }
    }

    private var timesOfUse: [String] {
        guard let timeOfUse = tariff.timeOfUse else { return [] }
        let rest = timeOfUse.fallback.map { ["  \($0): the rest"] } ?? []
        return ["", "Times of use (--kwh PERIOD=N)\(timeOfUse.isOptional ? ", where the meter tells them" : ""):"]
            + timeOfUse.windows.map { "  \($0.name): \(hours($0))" } + rest
    }

    private func hours(_ window: TimeOfUse.Window) -> String {
        let hours = window.minutes.map { "\(clockText(minute: $0.lowerBound))–\(clockText(minute: $0.upperBound))" }
            .joined(separator: ", ")
        let months =
            window.months.count == 12
            ? "" : " in months \(window.months.sorted().map(String.init).joined(separator: ", "))"
        return hours + (window.days == .every ? "" : " on \(window.days.words)") + months
    }

    private var seasons: [String] {
        guard !tariff.seasons.isEmpty else { return [] }
        return ["", "Seasons:"] + tariff.seasons.map { "  \($0.name): \($0.first) to \($0.last)" }
    }

    private var versions: [String] {
        let shown = showsEveryVersion ? tariff.versions : tariff.versions.suffix(1)
        let left = tariff.versions.count - shown.count
        let note = left == 0 ? [] : ["", "\(left) earlier \(left == 1 ? "version" : "versions"): --all shows them."]
        return shown.flatMap { version in
            ["", "From \(version.from)\(version.through.map { " to \($0)" } ?? "")"]
                + (version.checkedUntil.map { ["  (rates were checked for days until \($0))"] } ?? [])
                + version.lines.flatMap { LineText($0, in: version, of: tariff).lines.map { "  " + $0 } }
        } + note
    }

    private var sources: [String] {
        guard !tariff.sources.isEmpty else { return [] }
        return ["", "Sources:"] + tariff.sources.map { "  \($0)" }
    }
}
