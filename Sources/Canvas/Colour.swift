/// A colour by its red, green, blue and opacity, each 0 to 1.
package struct Colour: Hashable, Sendable {
    package let red: Double
    package let green: Double
    package let blue: Double
    package let opacity: Double

    /// - Parameter hex: `0xRRGGBB`.
    package init(_ hex: UInt32, opacity: Double = 1) {
        red = Double(hex >> 16 & 0xFF) / 255
        green = Double(hex >> 8 & 0xFF) / 255
        blue = Double(hex & 0xFF) / 255
        self.opacity = opacity
    }

    private init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
        opacity = 1
    }

    /// The colour `share` of the way to `other`.
    package func mixed(with other: Colour, _ share: Double) -> Colour {
        Colour(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share,
            blue: blue + (other.blue - blue) * share)
    }

    /// Relative luminance (WCAG 2.1, definition).
    package var luminance: Double {
        func linear(_ part: Double) -> Double {
            part <= 0.03928 ? part / 12.92 : exponentiate((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Contrast ratio to `other`, 1 to 21 (WCAG 2.1, definition).
    package func contrast(with other: Colour) -> Double {
        let (darker, lighter) = (min(luminance, other.luminance), max(luminance, other.luminance))
        return (lighter + 0.05) / (darker + 0.05)
    }
}
