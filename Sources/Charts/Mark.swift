package import Canvas

/// One thing that a picture shows, laid out in CSS pixels and named by what it stands for.
package enum Mark: Hashable, Sendable {
    case fill(Rectangle, Ink, radius: Double = 0)
    /// Slanting lines: estimated, or nothing known; readable without colour.
    case hatch(Rectangle, Ink)
    case outline(Rectangle, Ink, dashed: Bool = false)
    case line([Point], Ink, width: Double = 1, dashed: Bool = false)
    case area([Point], Ink)
    case text(String, Point, TextStyle, Ink)
}

extension Mark {
    func draw(on canvas: borrowing Canvas, in palette: Palette) {
        let dash: [Double] = [4, 3]
        switch self {
        case .fill(let box, let ink, let radius):
            canvas.fill(box, palette.colour(of: ink), radius: radius)
        case .hatch(let box, let ink):
            canvas.hatch(box, palette.colour(of: ink))
        case .outline(let box, let ink, let dashed):
            canvas.stroke(box, palette.colour(of: ink), dash: dashed ? dash : [])
        case .line(let points, let ink, let width, let dashed):
            canvas.line(points, palette.colour(of: ink), width: width, dash: dashed ? dash : [])
        case .area(let points, let ink):
            canvas.fill(points, palette.colour(of: ink))
        case .text(let text, let place, let style, let ink):
            canvas.text(text, at: place, style, palette.colour(of: ink))
        }
    }
}
