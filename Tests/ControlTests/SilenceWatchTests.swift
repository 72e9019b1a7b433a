import Control
import Foundation
import Testing

struct SilenceWatchTests {
    private let start = Date(timeIntervalSince1970: 1_772_000_000)

    /// A device that was heard a hundred times, so many seconds apart.
    private func watch(every seconds: Double) -> (SilenceWatch, Date) {
        var watch = SilenceWatch(lastHeard: start)
        var now = start
        for _ in 0..<100 {
            now += seconds
            _ = watch.hear(at: now)
        }
        return (watch, now)
    }

    @Test(arguments: [(1.0, 60.0), (5, 60), (20, 60), (30, 90), (300, 900)])
    func threeIntervalsAndAMinuteAtLeastAreASilence(cadence: Double, limit: Double) {
        var (watch, last) = watch(every: cadence)
        #expect(abs(watch.limit - limit) < 0.001)
        #expect(watch.tick(at: last + limit - 1) == nil)
        #expect(watch.tick(at: last + limit + 1) == limit + 1)
        #expect(watch.isSilent)
        #expect(watch.tick(at: last + limit + 2) == nil)
        #expect(watch.hear(at: last + 3600) == true)
        #expect(!watch.isSilent)
        #expect(watch.hear(at: last + 3600 + cadence) == false)
    }

    @Test func oneLongGapDoesNotChangeThePace() {
        var (watch, last) = watch(every: 30)
        _ = watch.hear(at: last + 86_400)
        #expect(watch.cadence <= 33)
    }

    @Test func aDeviceThatWasNeverHeardIsNotSilent() {
        var watch = SilenceWatch()
        #expect(watch.tick(at: start) == nil)
        var known = SilenceWatch(cadence: 5, lastHeard: start)
        #expect(known.tick(at: start + 60) == 60)
    }
}
