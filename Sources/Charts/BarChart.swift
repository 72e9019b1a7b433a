import Canvas

/// Consumption day by day.
package struct BarChart: Drawable {
    /// How a bar's figure came to be.
    package enum Kind: Hashable, Sendable {
        case measured
        /// Hatched.
        case estimated
        /// Lighter, with a broken outline.
        case forecast
    }

    package struct Bar: Hashable, Sendable {
        /// Below the axis; nil for none.
        package let label: String?
        /// Kilowatt-hours; nil when nothing is known: then there is a cross and no bar.
        package let value: Double?
        package let kind: Kind
        /// The same day a month earlier.
        package let compared: Double?
        /// A day to look at twice.
        package let isMarked: Bool

        package init(
            label: String?, value: Double?, kind: Kind = .measured, compared: Double? = nil, isMarked: Bool = false
        ) {
            self.label = label
            self.value = value
            self.kind = kind
            self.compared = compared
            self.isMarked = isMarked
        }
    }

    /// The words the chart writes.
    package struct Words: Hashable, Sendable {
        package let unit: String
        package let measured: String
        package let estimated: String
        package let forecast: String
        package let compared: String
        package let missing: String

        package init(
            unit: String, measured: String, estimated: String, forecast: String, compared: String, missing: String
        ) {
            self.unit = unit
            self.measured = measured
            self.estimated = estimated
            self.forecast = forecast
            self.compared = compared
            self.missing = missing
        }
    }

    private let bars: [Bar]
    private let words: Words
    private let number: @Sendable (Double, Int) -> String
    package let width = 520
    package let height = 280

    /// - Parameter number: writes a value with so many decimals.
    package init(_ bars: [Bar], words: Words, number: @escaping @Sendable (Double, Int) -> String) {
        self.bars = bars
        self.words = words
        self.number = number
    }

    package var marks: [Mark] {
        let legend = legend
        let greatest = bars.flatMap { [$0.value, $0.compared] }.compactMap { $0 }.max() ?? 1
        let frame = Frame(
            width: width, height: height, axis: Axis(upTo: greatest), legendRows: legend.rowCount(width: Double(width)))
        let step = frame.plot.width / Double(max(1, bars.count))
        var marks = legend.marks(from: 8, width: Double(width)) + frame.scale(unit: words.unit, number)
        for (index, bar) in bars.enumerated() {
            marks += self.marks(of: bar, from: frame.plot.x + Double(index) * step, step: step, in: frame)
        }
        return marks
    }

    private func marks(of bar: Bar, from x: Double, step: Double, in frame: Frame) -> [Mark] {
        let middle = x + step / 2
        var marks: [Mark] = []
        if let value = bar.value {
            let y = frame.y(value)
            let box = Rectangle(x: x + step * 0.14, y: y, width: step * 0.72, height: frame.bottom - y)
            marks += Self.body(box, bar.kind)
            if bar.isMarked {
                marks.append(.text("▲", Point(middle, y - 4), TextStyle(10, .centre), .accent))
            }
        } else {
            marks.append(.text("×", Point(middle, frame.bottom - 3), Frame.smallCentre, .accent))
        }
        if let compared = bar.compared {
            let y = frame.y(compared)
            marks.append(
                .outline(
                    Rectangle(x: x + step * 0.04, y: y, width: step * 0.92, height: frame.bottom - y), .compared))
        }
        if let label = bar.label {
            marks.append(.text(label, Point(middle, frame.bottom + 18), Frame.smallCentre, .muted))
        }
        return marks
    }

    private static func body(_ box: Rectangle, _ kind: Kind) -> [Mark] {
        switch kind {
        case .measured: [.fill(box, .measured, radius: 1.5)]
        case .estimated: [.fill(box, .band), .hatch(box, .measured), .outline(box, .measured)]
        case .forecast: [.fill(box, .band), .outline(box, .forecast, dashed: true)]
        }
    }

    private var legend: Legend {
        var entries: [(Legend.Sign, String)] = []
        func has(_ kind: Kind) -> Bool { bars.contains { $0.kind == kind && $0.value != nil } }
        if has(.measured) { entries.append((.bar, words.measured)) }
        if has(.estimated) { entries.append((.hatched, words.estimated)) }
        if has(.forecast) { entries.append((.forecast, words.forecast)) }
        if bars.contains(where: { $0.compared != nil }) { entries.append((.outline, words.compared)) }
        if bars.contains(where: { $0.value == nil }) { entries.append((.cross, words.missing)) }
        return Legend(entries: entries.map { (sign: $0.0, text: $0.1) })
    }
}
