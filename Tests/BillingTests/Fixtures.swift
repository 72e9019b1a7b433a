import Billing
import Metering
import TestSupport
import Testing

extension Tariff {
    private static let shipped = Result { try TariffLibrary.files.mapValues(Tariff.init(yaml:)) }

    /// A tariff that comes with the program, read once.
    static func shipped(_ id: String) throws -> Tariff {
        try #require(try shipped.get()[id], "no tariff '\(id)'")
    }

    static func kseb() throws -> Tariff {
        try shipped("in-kl-kseb-lt1a")
    }

    /// A tariff of one open version with these lines; each line is a flow table.
    static func sample(
        _ lines: String..., top: String = "", billing: String = "{months: 1}", line: String = "0.01",
        total: String = "0.01"
    ) throws -> Tariff {
        try Tariff(yaml: sampleText(lines, top: top, billing: billing, line: line, total: total))
    }

    static func sampleText(
        _ lines: [String], top: String = "", billing: String = "{months: 1}", line: String = "0.01",
        total: String = "0.01"
    ) -> String {
        """
        tariff: 1
        id: test
        currency: INR
        timezone: Asia/Kolkata
        rounding: {line: {to: "\(line)", mode: half_up}, total: {to: "\(total)", mode: half_up}}
        billing: \(billing)
        \(top)
        versions:
          - from: 2000-01-01
            lines:
        \(lines.map { "      - " + $0 }.joined(separator: "\n"))
        """
    }

    /// The bill for so many kWh, written as a decimal.
    func bill(
        _ kwh: String, _ first: LocalDate, _ end: LocalDate, billDate: LocalDate? = nil, months: Int? = nil,
        _ inputs: [String: String] = [:]
    ) throws -> Bill {
        let energy = try #require(Energy(kilowattHours: kwh))
        return try bill(for: MeteredConsumption(energy), .over(first, end, billDate: billDate, months: months, inputs))
    }
}

extension BillTerms {
    static func over(
        _ first: LocalDate, _ end: LocalDate, billDate: LocalDate? = nil, months: Int? = nil,
        _ inputs: [String: String] = [:]
    ) -> BillTerms {
        BillTerms(BillingPeriod(first: first, end: end), billDate: billDate, months: months, account: Account(inputs))
    }
}

extension Bill {
    func amount(_ line: String) -> String? {
        charges.first { $0.id == line }?.amount.description
    }

    func parts(_ line: String) -> [String] {
        charges.first { $0.id == line }?.parts.map(\.amount.description) ?? []
    }

    /// Every line's amount, the total last.
    var figures: [String] {
        charges.map(\.amount.description) + [totalText]
    }
}

extension Energy {
    static func decimal(_ text: String) throws -> Energy {
        try #require(Energy(kilowattHours: text))
    }
}

let singlePhase = Account(["phase": "single"])
let threePhase = Account(["phase": "three"])
