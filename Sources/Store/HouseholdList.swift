/// Households in the order of their path names, and those among them whose stored facts cannot be read.
package struct HouseholdList: Sendable {
    enum Entry: Sendable {
        case household(Household)
        case unreadable(UnreadableHousehold)
    }

    package let households: [Household]
    package let unreadable: [UnreadableHousehold]

    init(_ entries: [Entry]) {
        households = entries.compactMap { if case .household(let household) = $0 { household } else { nil } }
        unreadable = entries.compactMap { if case .unreadable(let household) = $0 { household } else { nil } }
    }

    package init(_ household: Household) {
        households = [household]
        unreadable = []
    }
}

/// A household of which something stored is not what this version writes, such as a zone that is not known.
package struct UnreadableHousehold: Hashable, Sendable {
    package let slug: String
    package let name: String
    package let reason: String
}
