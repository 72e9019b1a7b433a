import Analysis
import Testing

struct SeriesScoreTests {
    private func scores(_ values: [Double]) -> [Double] {
        var score = SeriesScore()
        return values.map { score.next($0) }
    }

    /// A daily rhythm with a little noise.
    private func rhythm(_ count: Int) -> [Double] {
        var random = Lottery(seed: 4)
        return (0..<count).map { 20 + ($0 % 48 < 24 ? 40 : 0) + random.share() }
    }

    @Test func aValueThatNeverWasHasTheHighestScore() {
        var values = rhythm(3000)
        values[2000] = 110
        let scores = scores(values)
        #expect(scores.indices.max { scores[$0] < scores[$1] } == 2000)
    }

    @Test func aPlateauBetweenKnownLevelsIsFound() throws {
        var values = rhythm(3000)
        for row in 2016..<2060 { values[row] = 40.5 }
        let scores = scores(values)
        let best = try #require(scores.indices.max { scores[$0] < scores[$1] })
        #expect((2016..<2060).contains(best))
    }

    @Test func whatComesAgainIsNoNews() {
        var values = rhythm(6000)
        for row in stride(from: 500, to: 6000, by: 500) { values[row] = 110 + Double(row % 7) / 10 }
        let scores = scores(values)
        #expect(scores[500] > 2 * scores[5500])
    }

    @Test func anEventIsToldOnce() {
        var values = rhythm(3000)
        for row in 2000..<2100 { values[row] += 500 }
        let scores = scores(values)
        #expect(scores[2000] > 1.5 * (scores[2001..<2100].max() ?? 0))
    }

    @Test func scoresLieBelowOneAndNeverAreTies() {
        var values = rhythm(2000)
        values[1000] = 1e6
        values[1700] = 1e12
        let scores = scores(values)
        #expect(scores.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(scores[1000] != scores[1700])
    }

    @Test func noLaterValueChangesAScore() {
        let values = rhythm(2000)
        #expect(scores(Array(values[..<1300])) == Array(scores(values)[..<1300]))
    }

    @Test func aSeriesOfOneValueIsNeverUnusual() {
        #expect(scores(Array(repeating: 7, count: 1000)).allSatisfy { $0 == 0 })
    }
}
