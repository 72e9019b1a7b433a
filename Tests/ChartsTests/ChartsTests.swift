import Canvas
import Charts
import Foundation
import Testing

struct AxisTests {
    @Test(
        arguments: [
            (0.0, [0, 0.25, 0.5, 0.75, 1]), (3.7, [0, 1, 2, 3, 4]), (10, [0, 2.5, 5, 7.5, 10]), (11, [0, 5, 10, 15]),
            (240, [0, 100, 200, 300]), (0.07, [0, 0.02, 0.04, 0.06, 0.08]),
        ] as [(Double, [Double])])
    func theScaleEndsAtARoundValueAboveTheGreatest(_ greatest: Double, _ ticks: [Double]) {
        let axis = Axis(upTo: greatest)
        #expect(axis.ticks.count == ticks.count)
        #expect(zip(axis.ticks, ticks).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func decimalsTellEveryTickExactly() {
        #expect(Axis(upTo: 10).decimals == 1)
        #expect(Axis(upTo: 240).decimals == 0)
        #expect(Axis(upTo: 0.07).decimals == 2)
    }
}

struct PaletteTests {
    @Test(arguments: Theme.allCases)
    func textAndMarksStandOutFromTheBackground(_ theme: Theme) {
        let palette = Palette(theme)
        let ground = palette.colour(of: .background)
        for ink in [Ink.text, .muted, .accent] {
            #expect(palette.colour(of: ink).contrast(with: ground) >= 4.5)
        }
        for ink in [Ink.measured, .compared] {
            #expect(palette.colour(of: ink).contrast(with: ground) >= 3)
        }
    }

    @Test(arguments: Theme.allCases)
    func aGreyPrintKeepsTheOrderOfTheHeat(_ theme: Theme) {
        let palette = Palette(theme)
        let lights = stride(from: 0.0, through: 1, by: 0.1).map { palette.colour(of: .heat($0)).luminance }
        let rising = zip(lights, lights.dropFirst()).allSatisfy { theme == .light ? $0 > $1 : $0 < $1 }
        #expect(rising)
    }
}

struct BarChartTests {
    private let words = BarChart.Words(
        unit: "kWh", measured: "measured", estimated: "estimated", forecast: "forecast", compared: "last month",
        missing: "no data")

    private func chart(_ bars: [BarChart.Bar]) -> BarChart {
        BarChart(bars, words: words) { value, _ in "\(value)" }
    }

    private func texts(_ marks: [Mark]) -> [String] {
        marks.compactMap { if case .text(let text, _, _, _) = $0 { text } else { nil } }
    }

    @Test func aDayWithoutDataHasACrossAndNoBar() {
        let marks = chart([.init(label: "1", value: nil)]).marks
        let filled = marks.contains { if case .fill = $0 { true } else { false } }
        #expect(!filled)
        #expect(texts(marks).filter { $0 == "×" }.count == 2)
        #expect(texts(marks).contains("no data"))
    }

    @Test func anEstimatedDayIsHatchedAndAForecastOneHasABrokenOutline() {
        let marks = chart([.init(label: "1", value: 4, kind: .estimated), .init(label: "2", value: 4, kind: .forecast)])
            .marks
        let hatches = marks.filter { if case .hatch = $0 { true } else { false } }
        let broken = marks.filter { if case .outline(_, .forecast, dashed: true) = $0 { true } else { false } }
        #expect(hatches.count == 2)
        #expect(broken.count == 2)
    }

    @Test func aBarOfTwiceTheEnergyIsTwiceAsHigh() {
        let marks = chart([.init(label: nil, value: 2), .init(label: nil, value: 4)]).marks
        let heights = marks.compactMap { mark -> Double? in
            if case .fill(let box, .measured, radius: 1.5) = mark { box.height } else { nil }
        }
        #expect(heights.count == 2)
        #expect(abs(heights[1] - 2 * heights[0]) < 1e-9)
    }

    @Test(arguments: Theme.allCases)
    func thePictureIsAnIndexedPNGOfTwicePixelsAndAlwaysTheSame(_ theme: Theme) throws {
        let bars = (1...30).map { BarChart.Bar(label: nil, value: Double($0), compared: 9) }
        let picture = try chart(bars).picture(in: theme)
        #expect(picture.png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        let width = picture.png[16..<20].reduce(0) { $0 << 8 | Int($1) }
        let height = picture.png[20..<24].reduce(0) { $0 << 8 | Int($1) }
        #expect((width, height) == (picture.width * 2, picture.height * 2))
        #expect(picture.png.count > 2000)
        let again = try chart(bars).picture(in: theme)
        #expect(picture == again)
    }
}

struct BillSheetTests {
    private func bill() -> BillSheet {
        BillSheet(
            title: "Bill", facts: [("Household", "Asha & Sons")],
            lines: [.init(label: "Energy", products: ["50 kWh × ₹3.35"], amount: "₹167.50")], total: ("To pay", "₹168"),
            notes: [])
    }

    @Test func aPageOfPaperIsAPDFThatSaysWhenAndAlwaysTheSame() throws {
        let pdf = try bill().pdf(title: "Bill of Asha", madeOn: "2026-02-01")
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
        #expect(pdf == (try bill().pdf(title: "Bill of Asha", madeOn: "2026-02-01")))
        #expect(pdf != (try bill().pdf(title: "Bill of Asha", madeOn: "2026-03-01")))
    }

    @Test func aPageOfPaperDrawnBeforeChangesNoPixelOfAPicture() throws {
        let before = try bill().picture(in: .light)
        _ = try bill().pdf(title: "Bill", madeOn: "2026-02-01")
        #expect(try bill().picture(in: .light) == before)
    }

    @Test func aLongNoteIsBrokenBetweenWordsAndTheSheetGrows() {
        func sheet(_ notes: [String]) -> BillSheet {
            BillSheet(title: "Bill", facts: [], lines: [], total: ("To pay", "₹1"), notes: notes)
        }
        let long = Array(repeating: "estimated", count: 20).joined(separator: " ")
        #expect(sheet([long]).height == sheet([]).height + 3 * 19)
    }
}

struct HeatMapTests {
    @Test func anHourWithoutDataIsHatchedAndAnEstimatedOneHasADot() {
        let hours =
            [HeatMap.Cell(nil), HeatMap.Cell(1, isEstimated: true)] + Array(repeating: HeatMap.Cell(0.5), count: 22)
        let map = HeatMap(
            [.init(label: "1", hours: hours)], words: .init(unit: "kWh", missing: "no data", estimated: "estimated")
        ) { value, _ in "\(value)" }
        let hatched = map.marks.filter { if case .hatch(_, .grid) = $0 { true } else { false } }
        let dots = map.marks.filter { if case .fill(_, .background, radius: 1.5) = $0 { true } else { false } }
        #expect(hatched.count == 1)
        #expect(dots.count == 1)
    }
}
