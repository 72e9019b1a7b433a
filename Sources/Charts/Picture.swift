import Canvas

/// A finished PNG with the size at which a page shows it; it has two pixels for each of these.
package struct Picture: Hashable, Sendable {
    package let png: [UInt8]
    /// CSS pixels.
    package let width: Int
    package let height: Int
}

/// Something that can be laid out as marks and drawn.
package protocol Drawable: Sendable {
    var width: Int { get }
    var height: Int { get }
    var marks: [Mark] { get }
}

extension Drawable {
    /// - Throws: ``CanvasError`` when the size cannot be had or the library refuses.
    package func picture(in theme: Theme) throws -> Picture {
        try Drawing(self).picture(in: theme)
    }

    /// The same on a page of paper, as a PDF.
    ///
    /// - Parameter day: `2026-02-01`.
    package func pdf(title: String, madeOn day: String) throws -> [UInt8] {
        let palette = Palette(.light)
        let canvas = try Canvas(paperFor: width, by: height, title: title, madeOn: day)
        for mark in marks { mark.draw(on: canvas, in: palette) }
        return try canvas.pdf()
    }
}
