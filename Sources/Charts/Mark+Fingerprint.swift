import Canvas

extension Mark {
    /// Mixes in all that decides what is drawn.
    func mix(into print: inout Fingerprint, in palette: Palette) {
        switch self {
        case .fill(let box, let ink, let radius):
            print.mix(1 as UInt64)
            print.mix(box)
            print.mix(palette.colour(of: ink))
            print.mix(radius)
        case .hatch(let box, let ink):
            print.mix(2 as UInt64)
            print.mix(box)
            print.mix(palette.colour(of: ink))
        case .outline(let box, let ink, let dashed):
            print.mix(dashed ? 4 : 3 as UInt64)
            print.mix(box)
            print.mix(palette.colour(of: ink))
        case .line(let points, let ink, let width, let dashed):
            print.mix(dashed ? 6 : 5 as UInt64)
            print.mix(points)
            print.mix(palette.colour(of: ink))
            print.mix(width)
        case .area(let points, let ink):
            print.mix(7 as UInt64)
            print.mix(points)
            print.mix(palette.colour(of: ink))
        case .text(let text, let place, let style, let ink):
            print.mix(8 as UInt64)
            print.mix(text)
            print.mix([place])
            print.mix(style.size)
            print.mix((style.isBold ? 3 : 0) + style.alignment.number)
            print.mix(palette.colour(of: ink))
        }
    }
}

extension TextStyle.Alignment {
    fileprivate var number: UInt64 {
        switch self {
        case .left: 0
        case .centre: 1
        case .right: 2
        }
    }
}

extension Fingerprint {
    mutating func mix(_ colour: Colour) {
        for part in [colour.red, colour.green, colour.blue, colour.opacity] { mix(part) }
    }

    fileprivate mutating func mix(_ box: Rectangle) {
        mix([Point(box.x, box.y), Point(box.width, box.height)])
    }

    fileprivate mutating func mix(_ points: [Point]) {
        mix(UInt64(points.count))
        for point in points {
            mix(point.x)
            mix(point.y)
        }
    }
}
