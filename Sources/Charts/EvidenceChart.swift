import Canvas

/// What was seen against what is usual, small: the evidence of one finding.
package struct EvidenceChart: Drawable {
    package enum Style: Hashable, Sendable {
        /// A value a day, as bars from zero.
        case bars
        /// Means of steps of time, as a line of stairs from zero.
        case stairs
        /// The same where zero is far away: the scale begins below the least.
        case level
        /// Sums at the ends of days: seen, and expected with their range.
        case sums
    }

    package struct Words: Hashable, Sendable {
        package let unit: String
        package let observed: String
        package let usual: String
        /// Of the second voice; nil where there is none.
        package let other: String?
        package let marked: String
        /// Of values that are not there; nil where it goes without saying.
        package let missing: String?

        package init(
            unit: String, observed: String, usual: String, other: String? = nil, marked: String,
            missing: String? = nil
        ) {
            self.unit = unit
            self.observed = observed
            self.usual = usual
            self.other = other
            self.marked = marked
            self.missing = missing
        }
    }

    package let width = 440
    package let height = 190
    let style: Style
    let observed: [Double?]
    let low: [Double?]
    let high: [Double?]
    let other: [Double?]
    let marked: Range<Int>
    let limit: (value: Double, label: String)?
    let ticks: [(place: Double, label: String)]
    let words: Words
    let number: @Sendable (Double, Int) -> String

    /// - Parameters:
    ///   - low: of the usual range; equal to `high` for a single usual figure.
    ///   - other: a second voice; empty without one.
    ///   - marked: the values that are the finding.
    ///   - ticks: labels below the axis, at places counted in values from the left.
    package init(
        _ style: Style, observed: [Double?], low: [Double?], high: [Double?], other: [Double?] = [],
        marked: Range<Int>, limit: (value: Double, label: String)? = nil,
        ticks: [(place: Double, label: String)], words: Words, number: @escaping @Sendable (Double, Int) -> String
    ) {
        self.style = style
        self.observed = observed
        self.low = low
        self.high = high
        self.other = other
        self.marked = marked
        self.limit = limit
        self.ticks = ticks
        self.words = words
        self.number = number
    }

    package var marks: [Mark] {
        let legend = legend
        let frame = EvidenceFrame(self, legendRows: legend.rowCount(width: Double(width)))
        return legend.marks(from: 8, width: Double(width)) + frame.marksOfScale(number, unit: words.unit)
            + marksOfUsual(in: frame) + marksOfObserved(in: frame) + marksOfLimit(in: frame)
            + frame.marksBelow(marked: marked, ticks)
    }

    private var legend: Legend {
        var entries: [(sign: Legend.Sign, text: String)] = []
        if observed.contains(where: { $0 != nil }) { entries.append((style == .bars ? .bar : .line, words.observed)) }
        if let other = words.other { entries.append((style == .sums ? .forecast : .dashedLine, other)) }
        if style != .sums, let place = low.firstIndex(where: { $0 != nil }) {
            entries.append((low[place] == high[place] ? .dashedLine : .band, words.usual))
        }
        if let limit { entries.append((.limit, limit.label)) }
        if let missing = words.missing { entries.append((.cross, missing)) }
        entries.append((.underline, words.marked))
        return Legend(entries: entries)
    }
}

extension EvidenceChart {
    private func marksOfUsual(in frame: EvidenceFrame) -> [Mark] {
        runs(of: low).flatMap { run -> [Mark] in
            let lower = run.map { low[$0] ?? 0 }
            let upper = run.map { high[$0] ?? 0 }
            if style == .sums {
                let start = run.lowerBound > 0 ? observed[run.lowerBound - 1] ?? 0 : 0
                let first = frame.place(Double(run.lowerBound), start)
                let top = zip(run, upper).map { frame.place(Double($0 + 1), $1) }
                let bottom = zip(run, lower).map { frame.place(Double($0 + 1), $1) }
                let middle = other.isEmpty ? [] : run.map { frame.place(Double($0 + 1), other[$0] ?? 0) }
                return [
                    .area([first] + top + bottom.reversed(), .band),
                    .line([first] + middle, .forecast, width: 2, dashed: true),
                ]
            }
            let top = frame.stairs(run, upper)
            guard lower != upper else { return [.line(top, .compared, width: 1.5, dashed: true)] }
            return [.area(top + frame.stairs(run, lower).reversed(), .band), .line(top, .forecast)]
        }
    }

    private func marksOfObserved(in frame: EvidenceFrame) -> [Mark] {
        switch style {
        case .bars:
            return observed.enumerated().flatMap { index, value in bar(index, value, in: frame) }
        case .sums:
            let known = observed.prefix { $0 != nil }.compactMap { $0 }
            let points = known.enumerated().map { frame.place(Double($0.offset + 1), $0.element) }
            return points.isEmpty ? [] : [.line([frame.place(0, 0)] + points, .measured, width: 2.5)]
        case .stairs, .level:
            let second = runs(of: other).map { run in
                Mark.line(frame.stairs(run, run.map { other[$0] ?? 0 }), .compared, width: 1.5, dashed: true)
            }
            let first = runs(of: observed).map { run in
                Mark.line(frame.stairs(run, run.map { observed[$0] ?? 0 }), .measured, width: 2)
            }
            return first + second
        }
    }

    private func bar(_ index: Int, _ value: Double?, in frame: EvidenceFrame) -> [Mark] {
        let middle = frame.place(Double(index) + 0.5, 0)
        guard let value else {
            return [.text("×", Point(middle.x, middle.y - 3), TextStyle(11, .centre), .muted)]
        }
        let top = frame.place(Double(index) + 0.15, value)
        let box = Rectangle(x: top.x, y: top.y, width: frame.step * 0.7, height: middle.y - top.y)
        let isMarked = marked.contains(index)
        let body = Mark.fill(box, isMarked ? .measured : .forecast, radius: 1)
        return isMarked ? [body, .text("▲", Point(middle.x, top.y - 3), TextStyle(9, .centre), .accent)] : [body]
    }

    private func marksOfLimit(in frame: EvidenceFrame) -> [Mark] {
        guard let limit else { return [] }
        let y = frame.place(0, limit.value).y
        return [
            .line([Point(frame.plot.x, y), Point(frame.plot.x + frame.plot.width, y)], .accent, dashed: true)
        ]
    }

    /// Where values follow each other without a hole: what was not read is not drawn.
    private func runs(of values: [Double?]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in values.indices where values[index] != nil {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }
}
