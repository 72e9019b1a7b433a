import Canvas

/// What a month has come to, day after day, against the month before, with what is still to come.
package struct LineChart: Drawable {
    /// What is to come: from the last known point to the end of the period.
    package struct Outlook: Hashable, Sendable {
        package let days: Double
        package let expected: [Double]
        package let low: Double
        package let high: Double

        /// - Parameters:
        ///   - days: days that are over, with the part of today.
        ///   - expected: the sum at the end of today and of each day that follows.
        package init(from days: Double, expected: [Double], low: Double, high: Double) {
            self.days = days
            self.expected = expected
            self.low = low
            self.high = high
        }
    }

    package struct Words: Hashable, Sendable {
        package let unit: String
        package let current: String
        package let compared: String
        package let outlook: String

        package init(unit: String, current: String, compared: String, outlook: String) {
            self.unit = unit
            self.current = current
            self.compared = compared
            self.outlook = outlook
        }
    }

    /// Sums at the ends of days, from the start of the period.
    private let current: [Point]
    private let compared: [Double]
    private let outlook: Outlook?
    private let limits: [(value: Double, label: String)]
    private let dayCount: Int
    private let words: Words
    private let number: @Sendable (Double, Int) -> String
    package let width = 520
    package let height = 280

    /// - Parameters:
    ///   - current: sums at the ends of the days that are over; the last may end within a day.
    ///   - compared: sums at the ends of the days of the month before.
    ///   - limits: heights worth a line, with their labels (the steps of a tariff).
    package init(
        _ current: [(day: Double, sum: Double)], compared: [Double], outlook: Outlook?,
        limits: [(value: Double, label: String)], dayCount: Int, words: Words,
        number: @escaping @Sendable (Double, Int) -> String
    ) {
        self.current = current.map { Point($0.day, $0.sum) }
        self.compared = compared
        self.outlook = outlook
        self.limits = limits
        self.dayCount = dayCount
        self.words = words
        self.number = number
    }

    package var marks: [Mark] {
        let legend = legend
        let greatest = max(current.map(\.y).max() ?? 0, compared.max() ?? 0, outlook?.high ?? 0)
        let frame = Frame(
            width: width, height: height, axis: Axis(upTo: greatest), legendRows: legend.rowCount(width: Double(width)))
        func place(_ day: Double, _ value: Double) -> Point {
            Point(frame.plot.x + day / Double(max(1, dayCount)) * frame.plot.width, frame.y(value))
        }
        var marks = legend.marks(from: 8, width: Double(width)) + frame.scale(unit: words.unit, number)
        marks += limitMarks(in: frame) + dayLabels(in: frame)
        if let outlook { marks += self.marks(of: outlook, place) }
        if !compared.isEmpty {
            let points =
                [place(0, 0)] + compared.prefix(dayCount).enumerated().map { place(Double($0.offset + 1), $0.element) }
            marks.append(.line(points, .compared, width: 1.5, dashed: true))
        }
        if !current.isEmpty {
            marks.append(.line([place(0, 0)] + current.map { place($0.x, $0.y) }, .measured, width: 2.5))
        }
        return marks
    }

    private func marks(of outlook: Outlook, _ place: (Double, Double) -> Point) -> [Mark] {
        guard let last = current.last, let end = outlook.expected.last else { return [] }
        let first = outlook.days.rounded(.down)
        let start = place(last.x, last.y)
        let ends = outlook.expected.enumerated().map { (day: first + Double($0.offset + 1), sum: $0.element) }
        let rest = max(end - last.y, 1e-9)
        func bound(_ limit: Double) -> [Point] {
            ends.map { place($0.day, last.y + ($0.sum - last.y) * (limit - last.y) / rest) }
        }
        return [
            .area([start] + bound(outlook.high) + bound(outlook.low).reversed(), .band),
            .line([start] + ends.map { place($0.day, $0.sum) }, .forecast, width: 2, dashed: true),
        ]
    }

    /// Only limits that the picture reaches, and none so near another that their labels meet.
    private func limitMarks(in frame: Frame) -> [Mark] {
        var lastY = frame.bottom + 100
        return limits.filter { $0.value > 0 && $0.value <= frame.axis.top }.flatMap { limit -> [Mark] in
            let y = frame.y(limit.value)
            guard lastY - y > 16 else { return [] }
            lastY = y
            return [
                .line([Point(frame.plot.x, y), Point(frame.plot.x + frame.plot.width, y)], .accent, dashed: true),
                .text(limit.label, Point(frame.plot.x + 4, y - 3), TextStyle(11), .accent),
            ]
        }
    }

    private func dayLabels(in frame: Frame) -> [Mark] {
        stride(from: 1, through: dayCount, by: 5).map { day in
            let x = frame.plot.x + (Double(day) - 0.5) / Double(dayCount) * frame.plot.width
            return .text("\(day)", Point(x, frame.bottom + 18), Frame.smallCentre, .muted)
        }
    }

    private var legend: Legend {
        var entries: [(sign: Legend.Sign, text: String)] = [(.line, words.current)]
        if outlook != nil { entries.append((.forecast, words.outlook)) }
        if !compared.isEmpty { entries.append((.dashedLine, words.compared)) }
        return Legend(entries: entries)
    }
}
