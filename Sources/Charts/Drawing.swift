package import Canvas

/// A chart laid out once, to be drawn for each theme, or to be seen that it need not be.
package struct Drawing: Sendable {
    package let width: Int
    package let height: Int
    let marks: [Mark]

    package init(_ chart: some Drawable) {
        width = chart.width
        height = chart.height
        marks = chart.marks
    }

    /// What a picture of it carries: a picture with the same is the same, byte for byte.
    package func fingerprint(in theme: Theme) -> Fingerprint {
        let palette = Palette(theme)
        var print = Fingerprint()
        print.mix(Double(width))
        print.mix(Double(height))
        print.mix(palette.colour(of: .background))
        for mark in marks { mark.mix(into: &print, in: palette) }
        return print
    }

    /// - Throws: ``CanvasError`` when the size cannot be had or the library refuses.
    package func picture(in theme: Theme) throws -> Picture {
        let palette = Palette(theme)
        let canvas = try Canvas(width: width, height: height, background: palette.colour(of: .background))
        for mark in marks { mark.draw(on: canvas, in: palette) }
        return Picture(png: try canvas.png(carrying: fingerprint(in: theme)), width: width, height: height)
    }
}
