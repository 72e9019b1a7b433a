package import Foundation

/// A place that the repaired register passes through, and how it came there from the one before.
package struct RepairedPoint: Hashable, Sendable {
    /// Microseconds since 1970.
    let microseconds: Int64
    let milliwattHours: Int64
    /// Of the interval that ends here.
    package let quality: Quality
    /// Whether the interval that ends here was watched; a gap was not.
    package let isObserved: Bool

    init(at microseconds: Int64, _ milliwattHours: Int64, quality: Quality = .measured, isObserved: Bool = true) {
        self.microseconds = microseconds
        self.milliwattHours = milliwattHours
        self.quality = quality
        self.isObserved = isObserved
    }

    package var at: Date { Date(microseconds: microseconds) }

    /// What was used since the first reading.
    package var cumulative: Energy { Energy(milliwattHours: milliwattHours) }
}
