import Metering

extension Tariff {
    /// Reads a tariff file.
    ///
    /// - Parameter yaml: the text of the file (format 1).
    /// - Throws: ``BillingError`` of kind `badTariff` that names every fault with line and column.
    package init(yaml: String) throws {
        let (tariff, faults) = Self.read(yaml)
        guard let tariff, faults.isEmpty else {
            throw BillingError(.badTariff, faults.map(\.description).joined(separator: "\n"))
        }
        self = tariff
    }

    /// Everything that is wrong in a tariff file, in the order of the file; empty for a good one.
    package static func faults(in yaml: String) -> [TariffFault] {
        read(yaml).faults
    }

    private static func read(_ yaml: String) -> (tariff: Tariff?, faults: [TariffFault]) {
        let faults = FaultList()
        let tariff = faults.attempt { try YAMLValue(yaml: yaml) }.flatMap { root in
            ShapeCheck(definitions: TariffShape.definitions, faults: faults).check(root, TariffShape.root)
            faults.takesSeveralAtOnePlace = faults.faults.isEmpty
            return TariffFile(root: root, faults: faults).tariff()
        }
        return (tariff, faults.faults.sorted())
    }
}

/// The tree of a tariff file on its way to a ``Tariff``.
///
/// Its shape was checked before; what is wrong here is what the parts mean together.
private struct TariffFile {
    let root: YAMLValue
    let faults: FaultList

    /// Nil when something is wrong that leaves no tariff; every part is gone through all the same.
    func tariff() -> Tariff? {
        let inputs = part("inputs", readInputs) ?? []
        let seasons = part("seasons", readSeasons) ?? []
        let timeOfUse = part("tou") { try TimeOfUseReader(inputs: inputs, faults: faults).timeOfUse($0) }
        let series = part("series", readSeries) ?? [:]
        let currency = faults.attempt { try readCurrency() }
        let rounding = part("rounding") { try readRounding($0, currency) }
        let billing = part("billing", readBilling)
        let lines = LineReader(
            inputs: inputs, seasons: seasons.map(\.name), periods: timeOfUse?.names ?? [], series: series.keys.sorted(),
            faults: faults)
        let versions = readVersions(with: lines, currency)
        let names = faults.attempt {
            (
                id: try root.value("id").text(), name: try root.optional("name")?.text(),
                zone: try root.value("timezone").text()
            )
        }
        let sources = part("sources") { try $0.list().map { try $0.text() } } ?? []
        guard let currency, let rounding, let billing, let names else { return nil }
        return Tariff(
            id: names.id, name: names.name ?? names.id, sources: sources, currency: currency, zone: names.zone,
            inputs: inputs, rounding: rounding, billing: billing, timeOfUse: timeOfUse, seasons: seasons,
            series: series,
            versions: versions)
    }

    private func part<Part>(_ key: String, _ read: (YAMLValue) throws -> Part) -> Part? {
        faults.attempt { try root.optional(key).map(read) } ?? nil
    }

    private func readCurrency() throws -> Currency {
        let currency = try root.value("currency")
        guard let money = Currency(code: try currency.text()) else {
            throw currency.fault("a currency is three capital letters")
        }
        return money
    }

    private func readRounding(_ value: YAMLValue, _ currency: Currency?) throws -> RoundingRules {
        let rules = RoundingRules(
            line: try value.value("line").rounding(), total: try value.value("total").rounding(),
            limits: try value.optional("limits")?.rounding(), quantity: try value.optional("quantity")?.rounding())
        if let currency, Amount(femtos: Int128(rules.total.step.billionths) * 1_000_000).money(in: currency) == nil {
            faults.add(
                "the total must come to whole minor units of \(currency.code)", at: try value.value("total").value("to")
            )
        }
        return rules
    }

    private func readInputs(_ value: YAMLValue) throws -> [TariffInput] {
        try value.entries().compactMap { entry in faults.attempt { try input(try entry.key.text(), entry.value) } }
    }

    private func input(_ name: String, _ value: YAMLValue) throws -> TariffInput {
        guard value.isTable else {
            return TariffInput(name: name, kind: try kind(value), preset: nil, isOptional: false, about: nil)
        }
        let kind = try kind(value.onlyOne(of: ["type", "values"]).value)
        let preset = try value.optional("default")
        let input = TariffInput(
            name: name, kind: kind, preset: try preset?.text(),
            isOptional: try value.optional("optional")?.boolean() ?? false, about: try value.optional("about")?.text())
        if let preset, let text = input.preset, !input.accepts(text) {
            faults.add("'\(text)' is not \(input.valuesInWords)", at: preset)
        }
        return input
    }

    private func kind(_ value: YAMLValue) throws -> TariffInput.Kind {
        if value.isList {
            let values = try value.list().map { try $0.text() }
            if Set(values).count < values.count { faults.add("a value stands here twice", at: value) }
            return .choice(values)
        }
        switch try value.text() {
        case "decimal": return .decimal
        case "boolean": return .boolean
        default: throw value.fault("an input is a list of values, decimal or boolean")
        }
    }

    private func readSeries(_ value: YAMLValue) throws -> [String: [LocalMonth: Rate]] {
        try value.entries().reduce(into: [:]) { all, entry in
            all[try entry.key.text()] = try entry.value.entries().reduce(into: [:]) { rates, point in
                guard let month = LocalMonth(try point.key.text()) else {
                    throw point.key.fault("'\(try point.key.text())' is not \(TextFormat.month.meaning)")
                }
                rates[month] = try point.value.rate()
            }
        }
    }

    /// Together the seasons must hold every day of a leap year once.
    private func readSeasons(_ value: YAMLValue) throws -> [Season] {
        let seasons = try value.entries().map { entry in
            guard let first = Season.DayOfYear(try entry.value.value("from").text()),
                let last = Season.DayOfYear(try entry.value.value("to").text())
            else { throw entry.value.fault("a season goes from one day of the year to another") }
            return Season(name: try entry.key.text(), first: first, last: last)
        }
        guard let newYear = LocalDate("2024-01-01") else { return seasons }
        for offset in 0..<366 {
            let day = newYear.adding(days: offset)
            let holding = seasons.filter { $0.contains(day) }.map(\.name)
            guard holding.count != 1 else { continue }
            let holders = holding.isEmpty ? "no season" : "the seasons \(holding.joined(separator: " and "))"
            faults.add("\(day.description.suffix(5)) lies in \(holders)", at: value)
            break
        }
        return seasons
    }
}

extension TariffFile {
    private func readBilling(_ value: YAMLValue) throws -> BillingRules {
        let length = try value.optional("period_length")?.word(BillingRules.Length.self) ?? .nominal
        let places = try value.optional("factor_places")?.whole(in: 0...9)
        let change = try value.optional("version_change").map { try self.change($0, places: places) }
        let seasonChange = try value.optional("season_change").map { try self.change($0, places: places) }
        let presetPlaces = length == .calendarFractions ? 4 : nil
        return BillingRules(
            months: try value.value("months").whole(in: 1...12), length: length,
            tolerance: try value.optional("tolerance_days").map(tolerance),
            factorPlaces: change == .blendByDays(places: places ?? 4) ? nil : places ?? presetPlaces,
            versionChange: change ?? .periodEnd, seasonChange: seasonChange ?? .splitByDays)
    }

    private func change(_ value: YAMLValue, places: Int?) throws -> BillingRules.Change {
        switch try value.text() {
        case "bill_date": return .billDate
        case "period_start": return .periodStart
        case "period_end": return .periodEnd
        case "split_by_days": return .splitByDays
        case "blend_by_days": return .blendByDays(places: places ?? 4)
        case "read_at_change": return .readAtChange
        default: throw value.fault(YAMLValue.unknownWord(try value.text(), TariffShape.changes))
        }
    }

    private func tolerance(_ value: YAMLValue) throws -> ClosedRange<Int> {
        let days = try value.list().map { try $0.whole(in: 1...366) }
        guard days.count == 2, days[0] <= days[1] else {
            throw value.fault("the least and the most days are expected here")
        }
        return days[0]...days[1]
    }

    private func readVersions(with lines: LineReader, _ currency: Currency?) -> [TariffVersion] {
        let entries = part("versions") { try $0.list() } ?? []
        return entries.reduce(into: []) { versions, entry in
            let read = faults.attempt { lines.lines(try entry.value("lines").list()) } ?? []
            let version = faults.attempt {
                TariffVersion(
                    from: try entry.value("from").date(), through: try entry.optional("to")?.date(),
                    checkedUntil: try entry.optional("checked_until")?.date(),
                    rounding: try entry.optional("rounding").map { try readRounding($0, currency) }, lines: read)
            }
            guard let version else { return }
            _ = faults.attempt { try check(version, after: versions.last, at: entry) }
            versions.append(version)
        }
    }

    private func check(_ version: TariffVersion, after last: TariffVersion?, at entry: YAMLValue) throws {
        if let through = version.through, through < version.from {
            faults.add("a version ends no earlier than it begins", at: try entry.value("to"))
        }
        guard let last, last.through?.adding(days: 1) != version.from else { return }
        let wanted = last.through.map { " (\($0.adding(days: 1)))" } ?? ", which has no 'to'"
        faults.add("a version begins the day after the one before it ends\(wanted)", at: try entry.value("from"))
    }
}
