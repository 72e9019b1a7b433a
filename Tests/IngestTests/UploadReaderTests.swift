import Foundation
import Ingest
import Metering
import Testing

@Suite struct UploadReaderTests {
    /// As ESPHome writes it: floats of 32 bits, the user as a text.
    @Test func takesWhatTheFirmwareSends() throws {
        let body = """
            {"voltage":228.2884,"current":1.062092,"power":250.9411,"energy":0.001295,"relay1":1,"relay2":0,"userId":"8","seq":3}
            """
        let upload = try #require(UploadReader.readings(in: bytes(body)).first)
        #expect(upload.register == Energy(milliwattHours: 1295))
        #expect(upload.power == 250.9411 && upload.voltage == 228.2884 && upload.current == 1.062092)
        #expect(upload.relay1 == true && upload.relay2 == false && upload.user == "8" && upload.sequence == 3)
    }

    @Test(arguments: [
        ("0.001295", 1295), ("20000.0034", 20_000_003_400), ("16000.002", 16_000_002_000), ("1e3", 1_000_000_000),
        ("1E-3", 1000),
        ("0", 0), ("0.0000004", 0), ("0.0000005", 1), ("123456789.123456", 123_456_789_123_456),
        ("1.25e2", 125_000_000),
    ])
    func aDecimalRegisterStaysExact(_ text: String, _ milliwattHours: Int64) throws {
        let upload = try #require(UploadReader.readings(in: bytes("{\"energy\":\(text)}")).first)
        #expect(upload.register == Energy(milliwattHours: milliwattHours))
    }

    @Test func anIntegerRegisterKeepsEveryDigit() throws {
        let upload = try #require(
            UploadReader.readings(
                in: bytes("{\"register_mwh\":9007199254740993}".replacing("9007199254740993", with: "907199254740993"))
            ).first)
        #expect(upload.register?.milliwattHours == 907_199_254_740_993)
    }

    /// What a failing sensor measures is not a number, which JSON writes as null.
    @Test func whatIsNotANumberIsNotTold() throws {
        let body =
            "{\"voltage\":null,\"current\":null,\"power\":null,\"energy\":1.5,\"relay1\":true,\"relay2\":\"off\"}"
        let upload = try #require(UploadReader.readings(in: bytes(body)).first)
        #expect(upload.power == nil && upload.voltage == nil && upload.register == Energy(milliwattHours: 1_500_000))
        #expect(upload.relay1 == true && upload.relay2 == false)
    }

    @Test(arguments: ["0", "false", "\"off\"", "\"OFF\"", "\"false\""])
    func aRelayMayBeOffInManyWords(_ word: String) throws {
        #expect(try UploadReader.readings(in: bytes("{\"energy\":1,\"relay1\":\(word)}")).first?.relay1 == false)
    }

    @Test(arguments: ["1", "true", "\"on\"", "\"On\"", "\"1\""])
    func aRelayMayBeOnInManyWords(_ word: String) throws {
        #expect(try UploadReader.readings(in: bytes("{\"energy\":1,\"relay1\":\(word)}")).first?.relay1 == true)
    }

    @Test func takesOneAnArrayAndLines() throws {
        let one = "{\"energy\":1}"
        #expect(try UploadReader.readings(in: bytes(one)).count == 1)
        #expect(try UploadReader.readings(in: bytes("[\(one), \(one)]")).count == 2)
        #expect(try UploadReader.readings(in: bytes("\(one)\n\(one)\r\n\(one)\n")).count == 3)
    }

    @Test(arguments: [
        ("{}", "energy"), ("{\"power\":1}", "energy"), ("{\"energy\":-1}", "energy"), ("{\"energy\":1e999}", "energy"),
        ("{\"energy\":\"1\"}", "energy"), ("{\"energy\":1,\"power\":1e7}", "power"),
        ("{\"energy\":1,\"voltage\":-2}", "voltage"),
        ("{\"energy\":1,\"current\":true}", "current"), ("{\"energy\":1,\"relay1\":2}", "relay1"),
        ("{\"energy\":1,\"relay2\":\"perhaps\"}", "relay2"), ("{\"energy\":1,\"seq\":1.5}", "seq"),
        ("{\"energy\":1,\"seq\":-1}", "seq"),
        ("{\"energy\":1,\"at\":\"yesterday\"}", "at"), ("{\"energy\":1,\"at\":12}", "at"),
        ("{\"register_mwh\":1.5}", "register_mwh"),
        ("{\"register_mwh\":99999999999999999999}", "register_mwh"), ("{\"energy\":null,\"power\":null}", "energy"),
        ("[{\"energy\":1},{\"energy\":-1}]", "energy"), ("{\"energy\":1,\"uptime_ms\":-5}", "uptime_ms"),
    ])
    func aValueThatCannotBeTrueIsRefusedByItsName(_ body: String, _ field: String) throws {
        let error = try #require(throws: IngestError.self) { try UploadReader.readings(in: bytes(body)) }
        #expect(error.field == field)
    }

    @Test func theNumberOfTheReadingIsTold() throws {
        let error = try #require(throws: IngestError.self) {
            try UploadReader.readings(in: bytes("[{\"energy\":1},{\"energy\":1,\"power\":\"x\"}]"))
        }
        #expect(error.message.hasPrefix("reading 2:"))
    }

    @Test(arguments: [
        "", " ", "abc", "\"abc\"", "[1,2]", "{\"energy\":1", "{\"energy\":1}}", "{\"energy\":01}", "{\"energy\":+1}",
        "{\"energy\":.5}",
        "{\"energy\":1.}", "{\"energy\":1e}", "{'energy':1}", "{\"energy\":1,}", "{\"energy\":NaN}", "{\"energy\" 1}",
        "[{\"energy\":1}",
        "{\"energy\":1,\"meter\":\"\\ud800\"}", "{\"energy\":1,\"meter\":\"\\x\"}", "{\"energy\":1,\"meter\":\"a",
        "nul", "[]",
    ])
    func whatIsNotAReadingIsRefused(_ body: String) {
        #expect(throws: IngestError.self) { try UploadReader.readings(in: bytes(body)) }
    }

    @Test func deepNestingIsRefusedAndEndsNothing() {
        let body = "{\"energy\":1,\"x\":" + String(repeating: "[", count: 100_000) + "}"
        #expect(throws: IngestError.self) { try UploadReader.readings(in: bytes(body)) }
    }

    @Test func escapesAndForeignFieldsAreRead() throws {
        let body =
            "{\"note\":{\"a\":[1,\"\\u20b9\\ud83d\\ude00\\n\",null]},\"en\\u0065rgy\":2,\"meter\":\"k\\u00fcche\"}"
        let upload = try #require(UploadReader.readings(in: bytes(body)).first)
        #expect(upload.register == .kilowattHours(2) && upload.meter == "küche")
    }

    @Test(arguments: [
        ("\"2026-03-10T12:00:00+05:30\"", 1_773_124_200.0), ("\"2026-03-10T06:30:00.250Z\"", 1_773_124_200.25),
        ("1773124200", 1_773_124_200), ("1773124200250", 1_773_124_200.25),
    ])
    func aDevicesOwnTimeIsReadInItsForms(_ text: String, _ seconds: Double) throws {
        let upload = try #require(UploadReader.readings(in: bytes("{\"energy\":1,\"at\":\(text)}")).first)
        #expect(upload.at?.timeIntervalSince1970 == seconds)
    }

    @Test func moreThanTheMostIsTooMuch() throws {
        let body = String(repeating: "{\"energy\":1}\n", count: UploadReader.most + 1)
        let error = try #require(throws: IngestError.self) { try UploadReader.readings(in: bytes(body)) }
        #expect(error.kind == .tooMany)
    }

    /// Bytes of all kinds, and bodies that were whole before a few bytes of them were changed: none may end the program, and what
    /// is taken is within its bounds.
    @Test func noBodyEndsTheProgram() {
        var generator = SplitMix(seed: 7)
        let whole = bytes(
            "[{\"voltage\":228.28,\"energy\":1.5e2,\"relay1\":true,\"at\":\"2026-03-10T12:00:00+05:30\",\"x\":{\"y\":[1,null,\"\\u20b9\"]}}]"
        )
        var taken = 0
        for _ in 0..<1_000_000 {
            var body = whole
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<body.count, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: body[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: body.remove(at: place)
                case 2:
                    body.insert(
                        Array("{}[]\",:0123456789.eE+-\\u".utf8).randomElement(using: &generator) ?? 0, at: place)
                default: body.removeLast(min(body.count - 1, Int.random(in: 0...20, using: &generator)))
                }
                if body.isEmpty { body = [0] }
            }
            do {
                let uploads = try UploadReader.readings(in: body)
                #expect(uploads.allSatisfy { ($0.register ?? .zero) >= .zero && ($0.power?.isFinite ?? true) })
                taken += 1
            } catch is IngestError {} catch { Issue.record("\(error)") }
        }
        #expect(taken > 1000)
    }
}

/// A small generator with a seed (S. Vigna, SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
