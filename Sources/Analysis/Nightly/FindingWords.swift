/// What is said of one kind of finding, and how grave it is.
///
/// The page and the command line take their words from here. A text has places in braces: `{observed}`, `{usual}`.
package struct FindingWords: Hashable, Sendable {
    package let gravity: FindingGravity
    /// A few words for a list.
    package let title: String
    private let text: String

    init(_ gravity: FindingGravity, _ title: String, _ text: String) {
        self.gravity = gravity
        self.title = title
        self.text = text
    }

    /// One plain sentence or two, with figures and their units in the places.
    package func text(observed: String, usual: String) -> String {
        text.replacing("{observed}", with: observed).replacing("{usual}", with: usual)
    }
}

extension NightFinding.Kind {
    package var words: FindingWords {
        switch self {
        case .highDay:
            FindingWords(.notice, "Unusual day", "{observed} were used; {usual} would have been usual.")
        case .lowDay:
            FindingWords(.notice, "Quiet day", "Only {observed} were used; {usual} would have been usual.")
        case .leftOn:
            FindingWords(
                .warning, "Left on",
                "Something ran through day and night: power hardly fell below {observed}, where {usual} is usual.")
        case .nightBase:
            FindingWords(
                .warning, "The night's level has risen",
                "Day after day power stays above {observed}, where it was {usual}. Something new never goes off.")
        case .dead:
            FindingWords(
                .warning, "No power at all",
                "The meter showed no power, which it never does for so long; {usual} is usual. Was the supply off?")
        case .stuck:
            FindingWords(
                .warning, "The same figure over and over",
                "The meter repeated {observed}. A true load never stays so still: look at the meter.")
        case .register:
            FindingWords(
                .urgent, "The register stood still", "About {usual} flowed and the register did not count it.")
        case .gap:
            FindingWords(.notice, "No readings", "Nothing was heard of the meter for {observed}.")
        case .voltage:
            FindingWords(.warning, "Voltage trouble", "The mains was at {observed}, where {usual} is usual.")
        }
    }
}
