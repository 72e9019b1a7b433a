import Canvas

/// The hours of a month's days: a column a day, a row an hour.
package struct HeatMap: Drawable {
    package struct Cell: Hashable, Sendable {
        /// Kilowatt-hours in the hour; nil when nothing is known.
        package let value: Double?
        /// Marked by a dot.
        package let isEstimated: Bool

        package init(_ value: Double?, isEstimated: Bool = false) {
            self.value = value
            self.isEstimated = isEstimated
        }
    }

    package struct Column: Hashable, Sendable {
        package let label: String?
        /// 24 cells from midnight on; an hour the clocks skip is nil inside, one that comes twice is joined.
        package let hours: [Cell]

        package init(label: String?, hours: [Cell]) {
            self.label = label
            self.hours = hours
        }
    }

    package struct Words: Hashable, Sendable {
        package let unit: String
        package let missing: String
        package let estimated: String

        package init(unit: String, missing: String, estimated: String) {
            self.unit = unit
            self.missing = missing
            self.estimated = estimated
        }
    }

    private let columns: [Column]
    private let words: Words
    private let number: @Sendable (Double, Int) -> String
    package let width = 520
    package let height = 330
    private let plot = Rectangle(x: 46, y: 34, width: 462, height: 264)

    package init(_ columns: [Column], words: Words, number: @escaping @Sendable (Double, Int) -> String) {
        self.columns = columns
        self.words = words
        self.number = number
    }

    package var marks: [Mark] {
        let greatest = columns.flatMap(\.hours).compactMap(\.value).max() ?? 0
        let cell = (width: plot.width / Double(max(1, columns.count)), height: plot.height / 24)
        var marks = key(upTo: greatest) + hourLabels
        for (index, column) in columns.enumerated() {
            let x = plot.x + Double(index) * cell.width
            for (hour, value) in column.hours.enumerated() {
                let box = Rectangle(
                    x: x + 0.5, y: plot.y + Double(hour) * cell.height + 0.5, width: cell.width - 1,
                    height: cell.height - 1)
                marks += Self.marks(of: value, in: box, greatest: greatest)
            }
            if let label = column.label {
                let place = Point(x + cell.width / 2, plot.y + plot.height + 18)
                marks.append(.text(label, place, Frame.smallCentre, .muted))
            }
        }
        return marks
    }

    private static func marks(of cell: Cell, in box: Rectangle, greatest: Double) -> [Mark] {
        guard let value = cell.value else { return [.hatch(box, .grid)] }
        let share = greatest > 0 ? (value / greatest).squareRoot() : 0
        let fill = Mark.fill(box, .heat(share))
        guard cell.isEstimated else { return [fill] }
        let dot = Rectangle(x: box.x + box.width / 2 - 1.5, y: box.y + box.height / 2 - 1.5, width: 3, height: 3)
        return [fill, .fill(dot, share > 0.5 ? .background : .text, radius: 1.5)]
    }

    private var hourLabels: [Mark] {
        [0, 6, 12, 18, 24].map { hour in
            let y = plot.y + Double(hour) / 24 * plot.height + 4.5
            return .text((hour < 10 ? "0" : "") + "\(hour):00", Point(plot.x - 5, y), TextStyle(12, .right), .muted)
        }
    }

    /// The scale of the shades, and what hatching and dots mean.
    private func key(upTo greatest: Double) -> [Mark] {
        let decimals = greatest < 0.1 ? 3 : greatest < 1 ? 2 : 1
        var marks: [Mark] = [.text("0", Point(54, 18), TextStyle(13, .right), .muted)]
        for step in 0..<8 {
            let share = (Double(step) / 7).squareRoot()
            marks.append(.fill(Rectangle(x: 60 + Double(step) * 13, y: 8, width: 12.5, height: 12), .heat(share)))
        }
        marks.append(.text("\(number(greatest, decimals)) \(words.unit)", Point(170, 18), Frame.small, .muted))
        var x = 170 + Legend.width(ofText: "\(number(greatest, decimals)) \(words.unit)") + 14
        if columns.contains(where: { $0.hours.contains { $0.value == nil } }) {
            let box = Rectangle(x: x, y: 8, width: 14, height: 12)
            marks += [.hatch(box, .compared), .text(words.missing, Point(x + 20, 18), Frame.small, .muted)]
            x += 20 + Legend.width(ofText: words.missing) + 14
        }
        if columns.contains(where: { $0.hours.contains(where: \.isEstimated) }) {
            let box = Rectangle(x: x, y: 8, width: 14, height: 12)
            marks += [
                .fill(box, .heat(0.2)), .fill(Rectangle(x: x + 5.5, y: 12.5, width: 3, height: 3), .text, radius: 1.5),
            ]
            marks.append(.text(words.estimated, Point(x + 20, 18), Frame.small, .muted))
        }
        return marks
    }
}
