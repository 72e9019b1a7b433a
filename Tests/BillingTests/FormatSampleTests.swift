import Billing
import Metering
import TestSupport
import Testing

struct FormatSampleTests {
    @Test(arguments: [
        FormatSamples.kseb, FormatSamples.delhi, FormatSamples.tnb, FormatSamples.pge, FormatSamples.kepco,
        FormatSamples.tn,
    ])
    func aFileOfTheFirstProposalHasNoFault(yaml: String) {
        #expect(Tariff.faults(in: yaml).map(\.description) == [])
    }

    @Test func theirBillsAreThePublishedOnes() throws {
        let kseb = try Tariff(yaml: FormatSamples.kseb)
        let inputs = ["phase": "three", "bpl": "false", "connected_load_w": "3000"]
        #expect(try kseb.bill("218", "2025-07-08", "2025-09-08", inputs).totalText == "1307.00")
        let delhi = try Tariff(yaml: FormatSamples.delhi).bill("545", "2022-06-25", "2022-07-25", ["load_kw": "3"])
        #expect(delhi.totalText == "3708.76")
        let tnb = try Tariff(yaml: FormatSamples.tnb)
        #expect(try tnb.bill("900", "2025-09-01", "2025-10-01").totalText == "418.35")
        let season = ["territory": "T", "heat": "basic", "season": "summer"]
        let pge = try Tariff(yaml: FormatSamples.pge).bill("310", "2026-07-01", "2026-08-01", season)
        #expect(pge.totalText == "98.19")
        #expect(try Tariff(yaml: FormatSamples.kepco).bill("225", "2016-05-01", "2016-06-01").totalText == "28370")
        #expect(try Tariff(yaml: FormatSamples.tn).bill("510", "2022-11-01", "2022-12-01").totalText == "2030.00")
    }
}
