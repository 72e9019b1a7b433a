import Billing
import Metering
import TestSupport
import Testing

/// Bills and tariffs as people and other programs read them.
struct WordsTests {
    @Test func aBillAsJSONHasEveryNumberAsDecimalText() throws {
        let bill = try Tariff.kseb().bill("60", "2025-06-08", "2025-07-08", ["phase": "single"])
        #expect(
            bill.json.jsonText.hasPrefix(
                """
                {
                  "tariff": "in-kl-kseb-lt1a",
                  "currency": "INR",
                  "from": "2025-06-08",
                  "to": "2025-07-08",
                  "kwh": "60",
                  "lines": [
                    {
                      "id": "energy",
                      "label": "Energy charge",
                      "quantity": "60",
                      "rate": null,
                      "amount": "210.00",
                      "parts": [
                        {
                          "quantity": "50",
                          "unit": "kWh",
                          "rate": "3.35",
                          "amount": "167.50"
                        },
                        {
                          "quantity": "10",
                          "unit": "kWh",
                          "rate": "4.25",
                          "amount": "42.50"
                        }
                      ]
                    },
                    {
                      "id": "fixed",
                      "label": "Fixed charge",
                      "quantity": "1",
                      "rate": "85.00",
                      "amount": "85.00"
                    },
                """))
        #expect(bill.json.jsonText.hasSuffix("\"total\": \"282.00\"\n}"))
    }

    @Test func aBillAsATable() throws {
        let bill = try Tariff.shipped("us-ca-pge-e1").bill("310", "2026-07-01", "2026-08-01", ["territory": "T"])
        #expect(
            BillText(bill, "PG&E E-1").text == """
                PG&E E-1 (us-ca-pge-e1)
                2026-07-01 to 2026-07-31, 31 days, 310 kWh

                Energy charge              109.77
                  201.5 kWh × 0.32561
                  108.5 kWh × 0.40702
                Base services charge        24.60
                  31 days × 0.79343
                California climate credit  -36.18
                  1 bill × 36.18
                Total (USD)                 98.19
                """)
    }

    @Test func aTariffReadsAsTablesOfSlabs() throws {
        let text = TariffText(try .shipped("np-nea-single-30a"), showsEveryVersion: false).text
        #expect(
            text.contains(
                """
                  Energy charge [energy]
                    every total: each slab charges its own units
                      up to 10 kWh   5.00 a kWh
                      up to 20 kWh   5.00 a kWh
                      up to 30 kWh   6.50 a kWh
                """))
        #expect(text.contains("Service charge [service]\n    by the total of units billed:"))
    }

    @Test func everyShippedTariffCanBeShown() throws {
        for id in TariffLibrary.ids {
            let tariff = try Tariff.shipped(id)
            let text = TariffText(tariff, showsEveryVersion: true).text
            for line in tariff.versions.flatMap(\.lines) { #expect(text.contains("[\(line.id)]")) }
            #expect(text.contains("Sources:"))
        }
    }

    @Test func jsonTextIsEscaped() {
        #expect(JSONValue.text("a\"b\\c\n\u{1}é").jsonText == #""a\"b\\c\n\u0001é""#)
        #expect(JSONValue.list([]).jsonText == "[]")
    }

    @Test(arguments: [
        (BillTwin.Cause.gain(percent: -3.14), "their meter counted 3.1 % less than ours"),
        (.readingDates(start: 0, end: 1), "they read on our day at the beginning and one day later at the end"),
        (.readingDates(start: -2, end: 3), "they read 2 days earlier at the beginning and 3 days later at the end"),
        (.months(2), "they billed 2 months"), (.missedLine("Meter rent"), "they left out Meter rent"),
    ])
    func causesAreSentences(cause: BillTwin.Cause, words: String) {
        #expect(cause.words == words)
    }
}
