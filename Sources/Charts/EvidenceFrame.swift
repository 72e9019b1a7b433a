import Canvas

/// The place of a small chart's figures, with a scale that need not begin at zero.
struct EvidenceFrame {
    let plot: Rectangle
    /// The width of one value.
    let step: Double
    private let low: Double
    private let top: Double
    private let ticks: [Double]
    private let decimals: Int

    init(_ chart: EvidenceChart, legendRows: Int) {
        let y = 24.0 + Double(legendRows) * 20
        plot = Rectangle(x: 50, y: y, width: Double(chart.width) - 62, height: Double(chart.height) - y - 32)
        step = plot.width / Double(max(1, chart.observed.count))
        let all = (chart.observed + chart.high + chart.other + [chart.limit?.value]).compactMap { $0 }
        let greatest = all.max() ?? 1
        let least = chart.style == .level ? (all + chart.low.compactMap { $0 }).min() ?? 0 : 0
        let axis = Axis(upTo: max(greatest - least, least * 0.02) * 1.04)
        let unit = axis.ticks.count > 1 ? axis.ticks[1] : 1
        let start = least > 0 ? (least / unit).rounded(.down) * unit : 0
        let count = max(1, Int(((greatest - start) / unit * 0.999_999).rounded(.up)))
        ticks = (0...max(count, start > 0 ? 1 : axis.ticks.count - 1)).map { start + Double($0) * unit }
        low = start
        top = ticks.last ?? 1
        decimals = axis.decimals
    }

    /// - Parameter value: counted from the left in values.
    func place(_ value: Double, _ height: Double) -> Point {
        let share = (min(max(height, low), top) - low) / (top - low)
        return Point(plot.x + value * step, plot.y + plot.height * (1 - share))
    }

    /// A flat line over each value, joined.
    func stairs(_ run: Range<Int>, _ values: [Double]) -> [Point] {
        zip(run, values).flatMap { index, value in
            [place(Double(index), value), place(Double(index + 1), value)]
        }
    }

    /// Lines and figures of the scale, every other one where they are many, with the unit above.
    func marksOfScale(_ label: (Double, Int) -> String, unit: String) -> [Mark] {
        let every = ticks.count > 4 ? 2 : 1
        let lines = ticks.enumerated().flatMap { index, tick -> [Mark] in
            let y = place(0, tick).y
            let line = Mark.line([Point(plot.x, y), Point(plot.x + plot.width, y)], .grid)
            guard index % every == 0 else { return [line] }
            return [
                line, .text(label(tick, decimals), Point(plot.x - 6, y + 4.5), Frame.smallRight, .muted),
            ]
        }
        return lines + [.text(unit, Point(plot.x - 6, plot.y - 11), Frame.smallRight, .muted)]
    }

    /// A thick line below what is the finding, and the labels of time.
    func marksBelow(marked: Range<Int>, _ labels: [(place: Double, label: String)]) -> [Mark] {
        let y = plot.y + plot.height + 4
        let from = place(Double(marked.lowerBound), low).x
        let to = max(place(Double(marked.upperBound), low).x, from + 4)
        let line = Mark.line([Point(from, y), Point(to, y)], .accent, width: 4)
        return [line]
            + labels.map { label in
                // A label at the edge stays inside the picture.
                let half = Legend.width(ofText: label.label) / 2
                let x = min(max(place(label.place, low).x, half), plot.x + plot.width + 10 - half)
                return .text(label.label, Point(x, y + 20), Frame.smallCentre, .muted)
            }
    }
}
