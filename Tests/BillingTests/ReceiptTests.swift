import Billing
import Metering
import TestSupport
import Testing

struct ReceiptTests {
    private func receipt(register: ReceiptRegister? = nil) throws -> Receipt {
        let text = try #require(TariffLibrary.files["in-kl-kseb-lt1a"])
        let consumption = MeteredConsumption(byPeriod: [
            "normal": .kilowattHours(214), "peak": .kilowattHours(96), "offpeak": .kilowattHours(202),
        ])
        let terms = BillTerms.over("2025-12-24", "2026-02-24", ["phase": "single"])
        let bill = try Tariff(yaml: text).bill(for: consumption, terms)
        return Receipt(bill, tariff: text, consumption: consumption, terms: terms, register: register)
    }

    @Test func aBillComesOutTheSameFromItsReceiptAlone() throws {
        let read = try Receipt(json: try receipt().jsonText)
        #expect(read == (try receipt()))
        #expect(try read.faults().isEmpty)
    }

    @Test(arguments: [
        (#""total" : "4293.00""#, #""total" : "4294.00""#, "total: the receipt says 4294.00, it comes to 4293.00 INR"),
        (#""peak" : "96""#, #""peak" : "95""#, "does not add up"),
        (#"rate: \"6.75\""#, #"rate: \"6.76\""#, "the tariff's text is not the one that was marked"),
        (#""amount" : "440.00""#, #""amount" : "441.00""#, "Fixed charge"),
    ])
    func whatWasAlteredIsFound(part: String, other: String, message: String) throws {
        let text = try receipt().jsonText.replacing(part, with: other)
        #expect(text != (try receipt().jsonText))
        let found: String
        do { found = try Receipt(json: text).faults().joined(separator: "\n") } catch { found = "\(error)" }
        #expect(found.contains(message) || found.contains("do not add up") || found.contains("not add up"), "\(found)")
    }

    @Test func theRegisterMustGiveTheEnergyBilled() throws {
        let good = ReceiptRegister(
            start: .kilowattHours(900), end: .kilowattHours(12), resetsCredited: .kilowattHours(1399),
            corrections: [.init(reason: "seal broken", energy: .kilowattHours(1))])
        #expect(try receipt(register: good).faults().isEmpty)
        let bad = ReceiptRegister(start: .kilowattHours(900), end: .kilowattHours(1411))
        #expect(try receipt(register: bad).faults() == ["the register gives 511 kWh, the bill is for 512 kWh"])
    }

    @Test func whatIsNoReceiptIsRefused() {
        #expect(throws: BillingError.self) { try Receipt(json: "{}") }
        #expect(throws: BillingError.self) { try Receipt(json: "") }
    }

    /// FIPS 180-4.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func theMarkIsSHA256(text: String, hex: String) {
        #expect(SHA256.hex(of: text) == hex)
    }
}
