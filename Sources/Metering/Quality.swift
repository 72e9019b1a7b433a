/// How a figure of consumption came to be; empty when every part of it was measured.
package struct Quality: OptionSet, Hashable, Sendable {
    package let rawValue: Int16

    package init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    /// All of it was seen by a register that counted on.
    package static let measured: Quality = []
    /// Part of it was spread over a gap.
    package static let estimated = Quality(rawValue: 1)
    /// A register began again; what was used just before is not known.
    package static let afterReset = Quality(rawValue: 2)
    /// Readings that came late changed it.
    package static let restated = Quality(rawValue: 4)
    /// A person's correction gave the value.
    package static let corrected = Quality(rawValue: 8)
}
