import Foundation
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct SimulateTests {
    private let days = ["--home", "nair", "--from", "2026-02-01", "--to", "2026-02-03", "--seed", "7"]

    @Test func theSameReadingsGoToAFileTheDatabaseAndADaemon() async throws {
        let csv = try Program.run(Program.products.appending(path: "wattbuddy"), ["simulate"] + days)
        #expect(csv.status == 0)
        let lines = csv.output.split(separator: "\n").dropFirst()
        #expect(lines.count > 2000)
        let sink = try WebSink()
        defer { sink.stop() }
        let posted = try Program.run(
            Program.products.appending(path: "wattbuddy"), ["simulate", "--post", sink.url] + days,
            environment: ["WATTBUDDY_INGEST_TOKEN": "wbd_2"])
        #expect(posted.status == 0, "\(posted.errors)")
        let bodies = try sink.bodies
        #expect(bodies.count == 2)
        #expect(bodies.allSatisfy { $0.hasPrefix("application/x-ndjson Bearer wbd_2\n") })
        let sent = bodies.flatMap { $0.split(separator: "\n").dropFirst() }
        #expect(sent.count == lines.count)
        let line = try #require(sent.first)
        let first = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let fields = try #require(lines.first).split(separator: ",", omittingEmptySubsequences: false)
        #expect(first["at"] as? String == String(fields[1]))
        #expect(first["register_mwh"] as? Int == Int(fields[2].filter { $0 != "." }))
    }

    @Test func anotherSeedPlaysAnotherLife() throws {
        let program = Program.products.appending(path: "wattbuddy")
        let one = try Program.run(program, ["simulate"] + days)
        let again = try Program.run(program, ["simulate"] + days)
        let other = try Program.run(program, ["simulate"] + days.dropLast() + ["8"])
        #expect(one.output == again.output)
        #expect(one.output != other.output)
    }
}
