package import Canvas

/// The background a picture is made for.
package enum Theme: String, Sendable, CaseIterable {
    case light, dark
}

/// What a mark stands for; the theme decides its colour.
package enum Ink: Hashable, Sendable {
    case background, text, muted, grid
    /// Measured consumption, what is forecast, and what is only compared with.
    case measured, forecast, compared
    /// A thing to look at twice.
    case accent
    /// Between forecast bounds.
    case band
    /// 0 for nothing to 1 for the most: darker on white, lighter on black, so that grey print keeps the order.
    case heat(Double)
}

/// The colours of a theme. Text has a contrast of at least 4.5 to the background, marks at least 3 (WCAG 2.1 AA).
package struct Palette: Sendable {
    private let theme: Theme

    private static let heatSteps = 24.0

    package init(_ theme: Theme) {
        self.theme = theme
    }

    package func colour(of ink: Ink) -> Colour {
        if case .heat(let share) = ink { return heat(share) }
        return theme == .light ? Self.light(ink) : Self.dark(ink)
    }

    private static func light(_ ink: Ink) -> Colour {
        switch ink {
        case .background: Colour(0xFFFFFF)
        case .text: Colour(0x1B1F24)
        case .muted: Colour(0x56606B)
        case .grid: Colour(0xE1E6EB)
        case .measured, .heat: Colour(0x1769AA)
        case .forecast: Colour(0x8DB8DC)
        case .compared: Colour(0x7A8591)
        case .accent: Colour(0xB3440F)
        case .band: Colour(0xD9E8F5)
        }
    }

    private static func dark(_ ink: Ink) -> Colour {
        switch ink {
        case .background: Colour(0x171C22)
        case .text: Colour(0xE9EDF1)
        case .muted: Colour(0xA5AFBA)
        case .grid: Colour(0x2C343D)
        case .measured, .heat: Colour(0x6CB4F2)
        case .forecast: Colour(0x3F74A3)
        case .compared: Colour(0x8F9AA6)
        case .accent: Colour(0xFF9A62)
        case .band: Colour(0x22384C)
        }
    }

    /// In as many shades as an eye can tell apart, so that the picture's other colours have their place too.
    private func heat(_ share: Double) -> Colour {
        let share = (min(max(share, 0), 1) * Self.heatSteps).rounded() / Self.heatSteps
        return theme == .light
            ? Colour(0xEAF2FA).mixed(with: Colour(0x0A3A6B), share)
            : Colour(0x1E2A36).mixed(with: Colour(0xA9D8FF), share)
    }
}
