import Foundation
import TestSupport
import Testing
import Transfer

struct HTTPPostTests {
    @Test func aBodyArrivesWithItsTypeAndToken() throws {
        let sink = try WebSink()
        defer { sink.stop() }
        try HTTPPost(url: sink.url, token: "wbd_1").post(
            Data("{\"a\":\"₹\"}\n".utf8), contentType: "application/x-ndjson")
        #expect(try sink.bodies == ["application/x-ndjson Bearer wbd_1\n{\"a\":\"₹\"}\n"])
    }

    @Test(arguments: [(401, TransferError.Kind.refused), (422, .refused), (503, .unavailable)])
    func theAnswersCodeDecidesWhetherToTryAgain(_ status: Int, _ kind: TransferError.Kind) throws {
        let sink = try WebSink(answering: status)
        defer { sink.stop() }
        let error = #expect(throws: TransferError.self) {
            try HTTPPost(url: sink.url, token: nil).post(Data("x".utf8), contentType: "text/plain")
        }
        #expect(error?.kind == kind)
    }

    @Test(arguments: ["ftp://host/", "http://host/a b", "", "host"])
    func whatIsNoWebAddressIsRefused(_ url: String) {
        #expect(throws: TransferError.self) { try HTTPPost(url: url, token: nil) }
    }

    @Test func aTokenCannotAddLines() {
        #expect(throws: TransferError.self) { try HTTPPost(url: "http://host/", token: "a\r\nX: b") }
    }
}
