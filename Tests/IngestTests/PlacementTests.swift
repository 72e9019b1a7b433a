import Foundation
import Ingest
import Metering
import Testing

@Suite struct PlacementTests {
    private func upload(
        uptime: Int64? = nil, boot: Int32? = nil, seq: Int64? = nil, at: Date? = nil, energy: Int64 = 1000,
        coarse: Bool = false
    ) -> ReadingUpload {
        var upload = ReadingUpload()
        upload.register = Energy(milliwattHours: energy)
        (upload.uptime, upload.bootID, upload.sequence, upload.at) = (uptime, boot, seq, at)
        upload.isUptimeCoarse = coarse
        return upload
    }

    private func seconds(_ placed: [PlacedUpload]) -> [Double] {
        placed.map { ($0.at.timeIntervalSince(start) * 1000).rounded() / 1000 }
    }

    @Test func withoutAnythingItIsTheArrival() throws {
        var placement = Placement(resuming: [])
        #expect(try seconds(placement.place([upload()], arrival: start)) == [0])
    }

    @Test func theOwnClockCountsUnlessItRunsAhead() throws {
        var placement = Placement(resuming: [])
        let past = start.addingTimeInterval(-7200)
        #expect(try seconds(placement.place([upload(at: past)], arrival: start)) == [-7200])
        let error = try #require(throws: IngestError.self) {
            try placement.place([upload(at: start.addingTimeInterval(600))], arrival: start)
        }
        #expect(error.field == "at")
    }

    /// A slow network moves no reading: its uptime says when it was taken.
    @Test func uptimePlacesWhatArrivesLate() throws {
        var placement = Placement(resuming: [])
        #expect(try seconds(placement.place([upload(uptime: 10_000, boot: 5, seq: 1)], arrival: start)) == [0])
        let late = start.addingTimeInterval(9)
        #expect(try seconds(placement.place([upload(uptime: 15_000, boot: 5, seq: 2)], arrival: late)) == [5])
    }

    @Test func aBufferedBatchIsSpreadByItsUptimes() throws {
        var placement = Placement(resuming: [])
        let batch = (0..<5).map { upload(uptime: Int64($0) * 60_000, boot: 5, seq: Int64($0)) }
        #expect(try seconds(placement.place(batch, arrival: start)) == [-240, -180, -120, -60, 0])
    }

    @Test func aRunThatIsOverEndsWhereTheNextBegan() throws {
        var placement = Placement(resuming: [])
        let batch = [
            upload(uptime: 50_000, boot: 1, seq: 1), upload(uptime: 60_000, boot: 1, seq: 2),
            upload(uptime: 20_000, boot: 2, seq: 1),
        ]
        #expect(try seconds(placement.place(batch, arrival: start)) == [-30, -20, 0])
    }

    @Test func withoutABootNumberASmallerUptimeIsANewStart() throws {
        var placement = Placement(resuming: [])
        _ = try placement.place([upload(uptime: 1_000_000, seq: 1)], arrival: start)
        let later = start.addingTimeInterval(30)
        #expect(try seconds(placement.place([upload(uptime: 2000, seq: 2)], arrival: later)) == [30])
    }

    @Test func aReadingSentTwiceKeepsItsInstant() throws {
        var placement = Placement(resuming: [])
        let one = upload(uptime: 10_000, boot: 5, seq: 7)
        let first = try placement.place([one], arrival: start)
        let second = try placement.place([one], arrival: start.addingTimeInterval(3))
        #expect(first[0].at == second[0].at && !first[0].isRepeat && second[0].isRepeat)
    }

    /// The firmware counts on only when it was answered: the same number with other figures is another reading.
    @Test func theSameNumberWithOtherFiguresIsAnotherReading() throws {
        var placement = Placement(resuming: [])
        _ = try placement.place([upload(uptime: 10_000, boot: 5, seq: 7)], arrival: start)
        let other = try placement.place(
            [upload(uptime: 11_000, boot: 5, seq: 7, energy: 1001)], arrival: start.addingTimeInterval(1))
        #expect(!other[0].isRepeat)
    }

    @Test func aRestartOfTheDaemonKnowsWhatWasStored() throws {
        var stored = Reading(at: start, register: Energy(milliwattHours: 1000), bootID: 5, sequence: 7, uptime: 10)
        stored.power = nil
        var placement = Placement(resuming: [stored])
        let again = try placement.place(
            [upload(uptime: 10_400, boot: 5, seq: 7)], arrival: start.addingTimeInterval(20))
        #expect(again[0].isRepeat && again[0].at == start)
    }

    @Test func severalWithoutATimeAreRefused() throws {
        var placement = Placement(resuming: [])
        let error = try #require(throws: IngestError.self) {
            try placement.place([upload(), upload()], arrival: start)
        }
        #expect(error.field == "at")
    }

    @Test func wholeSecondsOfUptimeDoNotMakeTwoReadingsOne() throws {
        var placement = Placement(resuming: [])
        let one = try placement.place([upload(uptime: 12_000, boot: 5, seq: 1, coarse: true)], arrival: start)
        let two = try placement.place(
            [upload(uptime: 12_000, boot: 5, seq: 2, energy: 1001, coarse: true)],
            arrival: start.addingTimeInterval(0.9))
        #expect(one[0].at < two[0].at)
    }

    /// A crystal that loses a second in an hour is followed; readings that wait for a lost network are not.
    @Test func aSlowClockIsFollowed() throws {
        var placement = Placement(resuming: [])
        var lag = 0.0
        for step in 0..<2000 {
            let arrival = start.addingTimeInterval(Double(step) * 5)
            let uptime = Int64(Double(step) * 5000 * (1 - 1 / 3600.0)) + 1000
            let placed = try placement.place([upload(uptime: uptime, boot: 1, seq: Int64(step))], arrival: arrival)
            lag = arrival.timeIntervalSince(placed[0].at)
            #expect(lag >= -0.001)
        }
        #expect(lag < 2.5)
    }

    @Test func nothingLiesInTheFuture() throws {
        var placement = Placement(resuming: [])
        var generator = SplitMix(seed: 3)
        for step in 0..<500 {
            let taken = start.addingTimeInterval(Double(step) * 5)
            let arrival = taken.addingTimeInterval(Double.random(in: 0...3, using: &generator))
            let placed = try placement.place(
                [upload(uptime: Int64(step) * 5000, boot: 1, seq: Int64(step))], arrival: arrival)
            #expect(placed[0].at <= arrival)
        }
    }
}
