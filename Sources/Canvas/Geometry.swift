/// A place on a canvas, in CSS pixels from the top left.
package struct Point: Hashable, Sendable {
    package let x: Double
    package let y: Double

    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// A rectangle on a canvas, in CSS pixels.
package struct Rectangle: Hashable, Sendable {
    package let x: Double
    package let y: Double
    package let width: Double
    package let height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// How a text is written.
package struct TextStyle: Hashable, Sendable {
    package enum Alignment: Hashable, Sendable {
        case left, centre, right
    }

    package let size: Double
    package let isBold: Bool
    package let alignment: Alignment

    package init(_ size: Double, bold: Bool = false, _ alignment: Alignment = .left) {
        self.size = size
        isBold = bold
        self.alignment = alignment
    }
}
