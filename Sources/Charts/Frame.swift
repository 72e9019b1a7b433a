import Canvas

/// The place of a chart's figures inside its picture, with the scale at its left.
struct Frame {
    let plot: Rectangle
    let axis: Axis

    static let small = TextStyle(13)
    static let smallRight = TextStyle(13, .right)
    static let smallCentre = TextStyle(13, .centre)

    init(width: Int, height: Int, axis: Axis, legendRows: Int) {
        let top = 26.0 + Double(legendRows) * 20
        plot = Rectangle(x: 46, y: top, width: Double(width) - 58, height: Double(height) - top - 28)
        self.axis = axis
    }

    var bottom: Double { plot.y + plot.height }

    func y(_ value: Double) -> Double {
        bottom - min(max(value, 0), axis.top) / axis.top * plot.height
    }

    /// Lines and figures of the scale, with its unit above.
    func scale(unit: String, _ label: (Double, Int) -> String) -> [Mark] {
        let lines = axis.ticks.flatMap { tick -> [Mark] in
            let y = y(tick)
            return [
                .line([Point(plot.x, y), Point(plot.x + plot.width, y)], .grid),
                .text(label(tick, axis.decimals), Point(plot.x - 6, y + 4.5), Self.smallRight, .muted),
            ]
        }
        return lines + [.text(unit, Point(plot.x - 6, plot.y - 12), Self.smallRight, .muted)]
    }
}

/// The words that explain the marks of a chart, each after a small picture of it.
struct Legend {
    enum Sign {
        case bar, hatched, forecast, outline, cross
        case line, dashedLine, underline, band, limit
    }

    let entries: [(sign: Sign, text: String)]

    func marks(from x: Double, width: Double) -> [Mark] {
        var marks: [Mark] = []
        for (row, line) in rows(width: width).enumerated() {
            var place = x
            for entry in line {
                marks += Self.sign(entry.sign, at: Rectangle(x: place, y: 6 + Double(row) * 20, width: 16, height: 12))
                marks.append(.text(entry.text, Point(place + 22, 17 + Double(row) * 20), Frame.small, .muted))
                place += Self.width(of: entry.text)
            }
        }
        return marks
    }

    func rowCount(width: Double) -> Int {
        rows(width: width).count
    }

    private func rows(width: Double) -> [[(sign: Sign, text: String)]] {
        var rows: [[(sign: Sign, text: String)]] = []
        var used = width + 1
        for entry in entries {
            let more = Self.width(of: entry.text)
            if used + more > width {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append(entry)
            used += more
        }
        return rows
    }

    private static func width(of text: String) -> Double {
        22 + width(ofText: text) + 16
    }

    /// A little more than `text` takes: DejaVu Sans is a little under two thirds of its size wide.
    static func width(ofText text: String) -> Double {
        Double(text.count) * 7.9
    }

    private static func sign(_ sign: Sign, at box: Rectangle) -> [Mark] {
        let middle = box.y + box.height / 2
        let across = [Point(box.x, middle), Point(box.x + box.width, middle)]
        return switch sign {
        case .bar: [.fill(box, .measured, radius: 2)]
        case .hatched: [.fill(box, .band), .hatch(box, .measured), .outline(box, .measured)]
        case .forecast: [.fill(box, .band), .outline(box, .forecast, dashed: true)]
        case .outline: [.outline(box, .compared)]
        case .cross: [.text("×", Point(box.x + 8, box.y + 11), Frame.smallCentre, .accent)]
        case .line: [.line(across, .measured, width: 2.5)]
        case .dashedLine: [.line(across, .compared, width: 1.5, dashed: true)]
        case .limit: [.line(across, .accent, dashed: true)]
        case .underline: [.line(across, .accent, width: 4)]
        case .band: [.fill(box, .band), .outline(box, .forecast)]
        }
    }
}
