import Metering
import Yams

/// A value of a YAML file that knows its place, so that a fault can name it.
struct YAMLValue {
    fileprivate let node: Node

    func fault(_ message: String) -> BillingError {
        let place = node.mark.map { "line \($0.line), column \($0.column): " } ?? ""
        return BillingError(.badTariff, place + message)
    }

    var isList: Bool { node.sequence != nil }
    var isTable: Bool { node.mapping != nil }

    func text() throws -> String {
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw fault("a single value is expected here")
        }
        return text
    }

    func list() throws -> [YAMLValue] {
        guard let sequence = node.sequence else { throw fault("a list is expected here") }
        return sequence.map(YAMLValue.init(node:))
    }

    func entries() throws -> [(key: String, value: YAMLValue)] {
        guard let mapping = node.mapping else {
            throw fault("a table of names and values is expected here")
        }
        return try mapping.map { pair in
            (try YAMLValue(node: pair.key).text(), YAMLValue(node: pair.value))
        }
    }

    func table(_ keys: [String]) throws -> YAMLTable {
        try YAMLTable(node, keys: keys)
    }

    func rate() throws -> Rate {
        guard let rate = Rate(try text()) else {
            throw fault("'\(try text())' is not a decimal number like \"3.35\"")
        }
        return rate
    }

    /// A number of kilowatt-hours.
    func energy() throws -> Energy {
        guard let number = wholeNumber(ofDecimal: try text(), places: 6), number > 0 else {
            throw fault("'\(try text())' is not a positive number of kWh")
        }
        return Energy(milliwattHours: number)
    }

    func whole(in range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(try text()), range.contains(number) else {
            throw fault("a whole number from \(range.lowerBound) to \(range.upperBound) is expected here")
        }
        return number
    }

    func date() throws -> LocalDate {
        guard let date = LocalDate(try text()) else {
            throw fault("'\(try text())' is not a date like 2025-04-01")
        }
        return date
    }

    func boolean() throws -> Bool {
        switch try text() {
        case "true": return true
        case "false": return false
        default: throw fault("true or false is expected here")
        }
    }

    func rounding() throws -> Rounding {
        let table = try table(["to", "mode"])
        let step = try table.value("to")
        guard try step.rate() > Rate(billionths: 0) else {
            throw step.fault("a rounding step is greater than zero")
        }
        let mode = try table.value("mode")
        guard let known = Rounding.Mode(rawValue: try mode.text()) else {
            throw mode.fault(
                "mode is one of \(Rounding.Mode.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return Rounding(to: try step.rate(), known)
    }
}

/// A YAML mapping in which only known keys may stand.
struct YAMLTable {
    private let owner: YAMLValue
    private let entries: [String: YAMLValue]

    init(_ node: Node, keys: [String]) throws {
        owner = YAMLValue(node: node)
        var entries: [String: YAMLValue] = [:]
        for (key, value) in try owner.entries() {
            guard keys.contains(key) else {
                throw value.fault("'\(key)' is not known here; known are \(keys.joined(separator: ", "))")
            }
            entries[key] = value
        }
        self.entries = entries
    }

    func optional(_ key: String) throws -> YAMLValue? {
        entries[key]
    }

    func value(_ key: String) throws -> YAMLValue {
        guard let value = entries[key] else { throw owner.fault("'\(key)' is missing here") }
        return value
    }
}
