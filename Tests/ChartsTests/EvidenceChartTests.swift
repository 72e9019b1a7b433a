import Canvas
import Charts
import Testing

struct EvidenceChartTests {
    private func chart(
        _ style: EvidenceChart.Style, _ observed: [Double?], usual: (Double, Double), marked: Range<Int>,
        limit: (value: Double, label: String)? = nil
    ) -> EvidenceChart {
        EvidenceChart(
            style, observed: observed, low: observed.map { _ in usual.0 }, high: observed.map { _ in usual.1 },
            marked: marked, limit: limit, ticks: [(0, "1 Feb")],
            words: EvidenceChart.Words(unit: "W", observed: "power", usual: "usual", marked: "this time")
        ) { value, _ in "\(Int(value))" }
    }

    private func lines(_ chart: EvidenceChart, _ ink: Ink) -> [[Point]] {
        chart.marks.compactMap { mark in
            if case .line(let points, ink, _, _) = mark, points.count > 2 { points } else { nil }
        }
    }

    @Test func nothingIsDrawnWhereNothingWasRead() {
        let seen = lines(chart(.stairs, [100, 120, nil, nil, 90, 110], usual: (80, 130), marked: 2..<4), .measured)
        #expect(seen.count == 2)
        #expect(seen.map(\.count) == [4, 4])
        let step = (440.0 - 62) / 6
        #expect(seen[0].last?.x == 50 + 2 * step)
        #expect(seen[1].first?.x == 50 + 4 * step)
    }

    @Test func aRangeIsABandAndOneFigureALine() {
        let band = chart(.stairs, [100, 120], usual: (80, 130), marked: 0..<1).marks
        #expect(band.contains { if case .area(_, .band) = $0 { true } else { false } })
        let line = chart(.bars, [100, 120], usual: (80, 80), marked: 0..<1).marks
        #expect(!line.contains { if case .area = $0 { true } else { false } })
    }

    @Test func aMarkedBarHasASignThatIsNotOnlyAColour() {
        let texts = chart(.bars, [5, 6, 20], usual: (6, 6), marked: 2..<3).marks.compactMap { mark in
            if case .text(let text, _, _, _) = mark { text } else { nil }
        }
        #expect(texts.count { $0 == "▲" } == 1)
    }

    @Test func theScaleOfVoltsBeginsBelowTheLeast() {
        let ticks = chart(.level, [231, 195, 230], usual: (230, 230), marked: 1..<2).marks.compactMap { mark in
            if case .text(let text, let place, _, .muted) = mark, place.x < 50 { Int(text) } else { nil }
        }
        #expect(ticks.min().map { (150...195).contains($0) } == true)
        #expect(ticks.max().map { $0 >= 220 } == true)
    }

    @Test func theLimitIsInsideThePictureAndExplained() {
        let marks = chart(.sums, [10, 20, nil], usual: (30, 40), marked: 2..<3, limit: (250, "dearer above")).marks
        let heights = marks.compactMap { mark in
            if case .line(let points, .accent, _, true) = mark, points.last?.x == 428 { points.first?.y } else { nil }
        }
        #expect(heights.count == 1 && heights.allSatisfy { $0 > 24 && $0 < 190 })
        #expect(marks.contains { if case .text("dearer above", _, _, _) = $0 { true } else { false } })
    }

    @Test(arguments: Theme.allCases) func aPictureCarriesTheFingerprintOfItsMarksAlone(_ theme: Theme) throws {
        let one = chart(.bars, [5, 6, 20], usual: (6, 6), marked: 2..<3)
        let other = chart(.bars, [5, 6, 20.5], usual: (6, 6), marked: 2..<3)
        let picture = try one.picture(in: theme)
        #expect(try one.picture(in: theme) == picture)
        #expect(Drawing(one).fingerprint(in: theme).isCarried(by: picture.png))
        #expect(!Drawing(other).fingerprint(in: theme).isCarried(by: picture.png))
        let opposite: Theme = theme == .light ? .dark : .light
        #expect(!Drawing(one).fingerprint(in: opposite).isCarried(by: picture.png))
        #expect(!Drawing(one).fingerprint(in: theme).isCarried(by: []))
        #expect(picture.png.count < 12_000)
    }
}
