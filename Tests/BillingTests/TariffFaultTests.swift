import Billing
import Metering
import TestSupport
import Testing

struct TariffFaultTests {
    /// One slip of the pen: what stands in a file, and what is written instead.
    struct Slip: Sendable, CustomTestStringConvertible {
        let good: String
        let bad: String

        init(_ good: String, _ bad: String) {
            self.good = good
            self.bad = bad
        }

        var testDescription: String { "\(good) → \(bad)" }
    }

    static let slips = [
        Slip("rate: \"", "rte: \""), Slip("rate: \"", "rate: \"x"), Slip("rate: \"", "rate: \"1e"),
        Slip("upto: ", "up_to: "), Slip("upto: ", "upto: -1"), Slip("upto: ", "upto: x"),
        Slip("telescopic:", "telescopik:"),
        Slip("classes:", "clases:"), Slip(" percent: {", " percnt: {"), Slip("of: [", "of: [no_such_line, "),
        Slip("label:", "lable:"),
        Slip("currency: ", "currency: x"), Slip("currency: ", "curency: "), Slip("timezone: ", "timezone: Mars/"),
        Slip("half_up", "half"), Slip("to: \"", "to: \"-"), Slip("per: month", "per: moon"),
        Slip("per: bill", "per: bil"),
        Slip("from: 20", "from: 20x"), Slip("    to: 20", "    to: 19"), Slip("months: 1", "months: 0"),
        Slip("credit: true", "credit: maybe"), Slip("amount: \"", "amount: \"."), Slip("whole:", "hole:"),
        Slip("- id: energy", "- id: Energy"), Slip("period_length: ", "period_length: un"),
        Slip("import_per_month", "import_per_mnth"), Slip("tariff: 1", "tariff: 2"), Slip("versions:", "version:"),
        Slip("rounding:", "roundings:"), Slip("id: energy", "id: fixed, id: energy"),
        Slip("by_total: [", "by_total: [{}, "),
        Slip("billing: {", "billing: {moths: 1, "), Slip("energy:\n", "energy: none\n"),
        Slip("rate: unknown", "rate: unkown"),
    ]

    /// Every shipped file that holds what a slip changes.
    private func spoiled(by slip: Slip) throws -> [(text: String, line: Int)] {
        try TariffLibrary.ids.compactMap { id in
            let text = try #require(TariffLibrary.files[id])
            guard let place = text.firstRange(of: slip.good) else { return nil }
            let line = text[..<place.lowerBound].count { $0 == "\n" } + 1
            return (text.replacing(slip.good, with: slip.bad, maxReplacements: 1), line)
        }
    }

    @Test(arguments: slips)
    func aSlipIsRefusedWithItsPlace(slip: Slip) throws {
        let files = try spoiled(by: slip)
        #expect(!files.isEmpty)
        for (text, line) in files {
            let faults = Tariff.faults(in: text)
            #expect(faults.contains { abs($0.line - line) <= 1 && $0.column > 0 }, "line \(line): \(faults)")
            #expect(throws: BillingError.self) { try Tariff(yaml: text) }
        }
    }

    @Test func theSlipsMakeMoreThanAHundredBadFiles() throws {
        #expect(try Self.slips.map { try spoiled(by: $0).count }.reduce(0, +) > 100)
    }

    @Test func shippedFilesHaveNoFault() {
        for (id, text) in TariffLibrary.files {
            #expect(Tariff.faults(in: text) == [], "\(id)")
        }
    }

    @Test func everyFaultIsNamedAtOnce() {
        let text = """
            tariff: 1
            id: Test
            curency: INR
            timezone: Asia/Kolkatta
            inputs: {phase: [single, three]}
            rounding: {line: {to: "0.01", mode: half_up}, total: {to: "0.001", mode: half_upp}}
            billing: {months: 1, version_change: bill_dat}
            versions:
              - from: 2025-01-01
                lines:
                  - {id: energy, energy: {classes: [{telescopic: [{upto: 100, rate: "1"}, {upto: 90, rate: "2x"}]}]}}
                  - {id: fixed, fixed: {per: month, amount: {single: "40", thre: "50"}}}
                  - {id: duty, percent: {rate: "10", of: [enregy]}}
              - {from: 2025-06-01, lines: [{id: energy, when: {phse: single}, per_kwh: {rate: "1"}}]}
            """
        let faults = Tariff.faults(in: text).map(\.description)
        for part in [
            "line 2, column 5: 'Test' is not an id",
            "line 3, column 1: 'curency' is not known here; did you mean 'currency'?",
            "line 1, column 1: 'currency' is missing here", "line 4, column 11: 'Asia/Kolkatta' is not a time zone",
            "did you mean 'half_up'?", "did you mean 'bill_date'?", "'2x' is not a decimal number",
            "'thre' is not one of single, three; did you mean 'three'?", "there is no rate for 'three'",
            "'enregy' is no line above; did you mean 'energy'?", "a version begins the day after",
            "'phse' is neither an input of the tariff nor a figure of the bill; did you mean 'phase'?",
        ] {
            #expect(faults.contains { $0.contains(part) }, "\(part) is not in \(faults)")
        }
    }

    @Test(arguments: [
        (
            "{id: energy, energy: {classes: [{upto: 300, telescopic: [{upto: 100, rate: \"1\"}]}, {whole: [{rate: \"2\"}]}]}}",
            "the slabs end below the class's upto"
        ),
        ("{id: energy, energy: {classes: [{upto: 300, whole: [{rate: \"1\"}]}]}}", "the last entry has no upto"),
        (
            "{id: energy, energy: {classes: [{whole: [{upto: 9, rate: \"1\"}, {upto: 8, rate: \"1\"}, {rate: \"1\"}]}]}}",
            "upto must rise"
        ),
        ("{id: energy, energy: {classes: []}}", "the list is empty"),
        ("{id: energy, per_kwh: {rate: \"1\"}, fixed: {per: month, amount: \"1\"}}", "exactly one of"),
        ("{id: energy}", "exactly one of"),
        ("{id: energy, per_kwh: {series: fuel}}", "'fuel' is no series of the tariff"),
        ("{id: energy, per_kwh: {rate: {input: load}}}", "'load' is no decimal input"),
        ("{id: fixed, fixed: {per: kw_month, amount: \"1\"}}", "'load_kw' is no decimal input"),
        ("{id: fixed, fixed: {per: month, amount: \"1\", load: {above: \"1\"}}}", "only a charge by load"),
        ("{id: energy, energy: {quantity: imprt, classes: [{whole: [{rate: \"1\"}]}]}}", "did you mean 'import'?"),
        ("{id: demand, demand: {rate: \"1\", billing_demand: contract}}", "'contract' must name the input"),
        ("{id: energy, when: {phase: double}, per_kwh: {rate: \"1\"}}", "'double' is not one of single, three"),
        ("{id: energy, when: {phase: {above: 1}}, per_kwh: {rate: \"1\"}}", "one of single, three is expected here"),
        ("{id: energy, when: {bill_month: [x]}, per_kwh: {rate: \"1\"}}", "'x' is not a decimal number"),
        (
            "{id: energy, energy: {classes: [{whole: [{rate: \"1\"}], tou: {noon: \"2\"}}]}}",
            "'noon' is no time-of-use period"
        ),
        (
            "{id: energy, per_kwh: {rate: {winter: \"1\", summer: \"2\"}}}",
            "is no value of an input, season or time-of-use period"
        ),
    ])
    func whatThePartsMeanTogetherIsChecked(line: String, message: String) {
        let faults = Tariff.faults(in: Tariff.sampleText([line], top: "inputs: {phase: [single, three]}"))
        #expect(faults.contains { $0.message.contains(message) && $0.line > 7 }, "\(faults)")
    }

    @Test(arguments: [
        ("tou: {periods: [{name: peak, hours: [\"18:00-22:00\"]}]}", "no period holds mon 00:00"),
        (
            "tou: {default: off, periods: [{name: a, hours: [\"18:00-22:00\"]}, {name: b, hours: [\"21:00-23:00\"], days: [sun]}]}",
            "the period 'b' overlaps 'a'"
        ),
        ("tou: {default: off, periods: [{name: a, hours: [\"18:00-25:00\"]}]}", "is not hours like"),
        ("tou: {default: off, periods: [{name: a, days: [munday]}]}", "'munday' is not one of"),
        ("seasons: {summer: {from: 06-01, to: 09-30}, winter: {from: 11-01, to: 05-31}}", "10-01 lies in no season"),
        (
            "seasons: {summer: {from: 06-01, to: 10-30}, winter: {from: 10-01, to: 05-31}}",
            "10-01 lies in the seasons summer and winter"
        ),
        ("series: {fuel: {2025-13: \"0.1\"}}", "'2025-13' is not a month"),
        ("series: {fuel: {2025-12: \"100000001\"}}", "is not a decimal number"),
        ("inputs: {load: integer}", "'integer' is not one of decimal, boolean"),
        ("inputs: {load: {type: decimal, default: much}}", "'much' is not a decimal number"),
        ("inputs: {phase: [single, single]}", "a value stands here twice"),
    ])
    func theTopOfTheFileIsChecked(top: String, message: String) {
        let faults = Tariff.faults(in: Tariff.sampleText(["{id: energy, per_kwh: {rate: \"1\"}}"], top: top))
        #expect(faults.contains { $0.message.contains(message) && $0.line == 7 }, "\(faults)")
    }

    @Test(arguments: [
        ("tariff: [", "not YAML"), ("", "the tariff file is empty"), ("{id: a, id: b}", "'id' stands twice"),
        ("- a\n- b", "a table of names and values is expected here"), ("tariff: 1\n\tid: x", "not YAML"),
    ])
    func whatIsNoTableAtAllIsRefused(text: String, message: String) {
        let faults = Tariff.faults(in: text)
        #expect(faults.contains { $0.message.contains(message) }, "\(faults)")
    }
}
