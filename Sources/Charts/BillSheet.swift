import Canvas

/// A bill as a picture that a mail can show: every line with the product it is made of.
package struct BillSheet: Drawable {
    package struct Line: Hashable, Sendable {
        package let label: String
        /// How the amount comes about: `50 kWh × 3.35`; one text a product.
        package let products: [String]
        package let amount: String

        package init(label: String, products: [String], amount: String) {
            self.label = label
            self.products = products
            self.amount = amount
        }
    }

    private let title: String
    private let facts: [(name: String, value: String)]
    private let lines: [Line]
    private let total: (label: String, amount: String)
    private let notes: [String]

    package let width = 600

    package init(
        title: String, facts: [(name: String, value: String)], lines: [Line], total: (label: String, amount: String),
        notes: [String]
    ) {
        self.title = title
        self.facts = facts
        self.lines = lines
        self.total = total
        self.notes = notes.flatMap { Self.wrapped($0, at: 76) }
    }

    private static let margin = 32.0

    package var height: Int {
        let body = lines.reduce(0.0) { $0 + 30 + Double($1.products.count) * 20 }
        return Int(80 + Double(facts.count) * 24 + 24 + body + 70 + Double(notes.count) * 19 + 24)
    }

    package var marks: [Mark] {
        let right = Double(width) - Self.margin
        var y = 52.0
        var marks: [Mark] = [
            .fill(Rectangle(x: 0, y: 0, width: Double(width), height: 8), .measured),
            .text(title, Point(Self.margin, y), TextStyle(24, bold: true), .text),
        ]
        y += 12
        for fact in facts {
            y += 24
            marks.append(.text(fact.name, Point(Self.margin, y), TextStyle(14), .muted))
            marks.append(.text(fact.value, Point(right, y), TextStyle(14, .right), .text))
        }
        y += 20
        marks.append(Self.rule(at: y, to: right))
        y += 6
        for line in lines {
            y += 26
            marks.append(.text(line.label, Point(Self.margin, y), TextStyle(15, bold: true), .text))
            marks.append(.text(line.amount, Point(right, y), TextStyle(15, .right), .text))
            for product in line.products {
                y += 20
                marks.append(.text(product, Point(Self.margin + 12, y), TextStyle(13), .muted))
            }
            y += 4
        }
        y += 14
        marks.append(Self.rule(at: y, to: right))
        y += 36
        marks.append(.text(total.label, Point(Self.margin, y), TextStyle(20, bold: true), .text))
        marks.append(.text(total.amount, Point(right, y), TextStyle(20, bold: true, .right), .text))
        y += 12
        for note in notes {
            y += 19
            marks.append(.text(note, Point(Self.margin, y), TextStyle(12), .muted))
        }
        return marks
    }

    private static func rule(at y: Double, to right: Double) -> Mark {
        .line([Point(margin, y), Point(right, y)], .grid, width: 1.5)
    }

    /// Lines of at most `count` characters, broken between words.
    static func wrapped(_ text: String, at count: Int) -> [String] {
        text.split(separator: " ").reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= count {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
    }
}
