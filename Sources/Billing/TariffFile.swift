import Metering
import Yams

extension Tariff {
    /// Reads a tariff file.
    ///
    /// - Parameter yaml: the text of the file (format 1).
    /// - Throws: ``BillingError`` of kind `badTariff` that names line, column and what is wrong.
    package init(yaml: String) throws {
        self = try TariffFile(yaml).tariff()
    }
}

/// The tree of a tariff file on its way to a ``Tariff``.
private struct TariffFile {
    let root: YAMLTable

    init(_ yaml: String) throws {
        let node: Node?
        do { node = try Yams.compose(yaml: yaml) } catch {
            throw BillingError(.badTariff, "not YAML: \(error)")
        }
        guard let node else { throw BillingError(.badTariff, "the tariff file is empty") }
        root = try YAMLTable(
            node,
            keys: [
                "tariff", "id", "name", "sources", "currency", "timezone", "inputs", "rounding", "billing",
                "series",
                "versions",
            ])
    }

    func tariff() throws -> Tariff {
        let format = try root.value("tariff")
        guard try format.text() == "1" else { throw format.fault("only tariff format 1 is known") }
        let currency = try root.value("currency")
        guard let money = Currency(code: try currency.text()) else {
            throw currency.fault("a currency is three capital letters")
        }
        let rounding = try root.value("rounding").table(["line", "total", "quantity"])
        let inputs = try root.optional("inputs").map(readInputs) ?? [:]
        let series = try root.optional("series").map(readSeries) ?? [:]
        let lines = LineReader(inputs: inputs, series: Set(series.keys))
        return Tariff(
            id: try root.value("id").text(),
            name: try root.optional("name")?.text() ?? root.value("id").text(),
            sources: try root.optional("sources")?.list().map { try $0.text() } ?? [],
            currency: money, zone: try root.value("timezone").text(), inputs: inputs,
            lineRounding: try rounding.value("line").rounding(),
            totalRounding: try rounding.value("total").rounding(),
            quantityRounding: try rounding.optional("quantity")?.rounding(),
            versionChange: try readVersionChange(), series: series,
            versions: try readVersions(with: lines))
    }

    private func readInputs(_ value: YAMLValue) throws -> [String: Tariff.Input] {
        try value.entries().reduce(into: [:]) { inputs, entry in
            if entry.value.isList {
                inputs[entry.key] = .choice(try entry.value.list().map { try $0.text() })
            } else {
                switch try entry.value.text() {
                case "decimal": inputs[entry.key] = .decimal
                case "boolean": inputs[entry.key] = .boolean
                default: throw entry.value.fault("an input is a list of values, decimal or boolean")
                }
            }
        }
    }

    private func readSeries(_ value: YAMLValue) throws -> [String: [LocalMonth: Rate]] {
        try value.entries().reduce(into: [:]) { all, entry in
            all[entry.key] = try entry.value.entries().reduce(into: [:]) { rates, point in
                guard let month = LocalMonth(point.key) else {
                    throw point.value.fault("'\(point.key)' is not a month like 2025-08")
                }
                rates[month] = try point.value.rate()
            }
        }
    }

    private func readVersionChange() throws -> Tariff.VersionChange {
        let billing = try root.value("billing").table([
            "months", "period_length", "version_change", "factor_places",
        ])
        if let length = try billing.optional("period_length"), try length.text() != "nominal" {
            throw length.fault("only period_length nominal is known")
        }
        guard let change = try billing.optional("version_change") else { return .billDate }
        switch try change.text() {
        case "bill_date": return .billDate
        case "blend_by_days":
            return .blendByDays(places: try billing.optional("factor_places")?.whole(in: 0...9) ?? 4)
        default: throw change.fault("version_change is bill_date or blend_by_days")
        }
    }

    private func readVersions(with lines: LineReader) throws -> [TariffVersion] {
        let value = try root.value("versions")
        var versions: [TariffVersion] = []
        for entry in try value.list() {
            let table = try entry.table(["from", "to", "lines"])
            let version = TariffVersion(
                from: try table.value("from").date(), through: try table.optional("to")?.date(),
                lines: try lines.lines(table.value("lines")))
            if let last = versions.last, last.through?.adding(days: 1) != version.from {
                throw entry.fault("a version begins the day after the one before it ends")
            }
            versions.append(version)
        }
        guard !versions.isEmpty else { throw value.fault("a tariff has at least one version") }
        return versions
    }
}
