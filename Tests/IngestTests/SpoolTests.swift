import Foundation
import Ingest
import Metering
import TestSupport
import Testing

@Suite struct SpoolTests {
    private func rows(_ count: Int, from first: Int = 0) -> [StoredReading] {
        (first..<first + count).map { number in
            var reading = reading(
                Double(number), Double(number), relays: number % 2 == 0 ? .first : nil, boot: 7, uptime: 9)
            reading.power = Float(number)
            reading.sequence = Int64(number)
            return StoredReading(meter: 3, reading: reading)
        }
    }

    private func all(_ spool: Spool) throws -> [StoredReading] {
        var found: [StoredReading] = []
        while let (segment, rows) = try spool.oldest() {
            found += rows
            try spool.remove(segment)
        }
        return found
    }

    @Test func whatIsAppendedComesBackWholeAndInOrder() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let spool = try Spool(folder: folder.path + "/spool")
        for start in stride(from: 0, to: 100, by: 10) { try spool.append(rows(10, from: start)) }
        #expect(try all(spool) == rows(100))
        #expect(spool.isEmpty)
    }

    @Test func itSurvivesTheProcess() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        do { try Spool(folder: folder.path).append(rows(5)) }
        let second = try Spool(folder: folder.path)
        try second.append(rows(5, from: 5))
        #expect(try all(second) == rows(10))
    }

    @Test func aTornEndLosesOnlyWhatWasNeverAcknowledged() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        do {
            let spool = try Spool(folder: folder.path)
            try spool.append(rows(4))
            try spool.append(rows(4, from: 4))
        }
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix(".spool") })
        let url = folder.url.appending(path: name)
        let whole = try Data(contentsOf: url)
        for cut in [1, 7, 20, whole.count / 2 - 1] {
            try whole.dropLast(cut).write(to: url)
            #expect(try Spool(folder: folder.path).oldest()?.rows == rows(4))
        }
        var broken = whole
        broken[whole.count - 3] ^= 1
        try broken.write(to: url)
        #expect(try Spool(folder: folder.path).oldest()?.rows == rows(4))
    }

    @Test func itIsBounded() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let spool = try Spool(folder: folder.path, limit: 2000)
        let error = try #require(throws: IngestError.self) { for _ in 0..<100 { try spool.append(rows(5)) } }
        #expect(error.kind == .full && spool.size <= 2000 && !spool.isEmpty)
    }

    @Test func twoDaemonsDoNotShareAFolder() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let first = try Spool(folder: folder.path)
        #expect(throws: (any Error).self) { try Spool(folder: folder.path) }
        withExtendedLifetime(first) {}
    }
}
