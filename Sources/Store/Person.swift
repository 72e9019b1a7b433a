package import Foundation

/// Who logs in: one of a household, or one who looks after all of them.
package struct Person: Hashable, Sendable {
    package enum Role: String, Sendable, CaseIterable {
        case household
        case admin
    }

    package let id: Int64
    package let name: String
    package let email: String
    package let role: Role
    /// The number of the own household; an admin has none.
    package let household: Int64?
    package let householdSlug: String?
    package let createdAt: Date
    /// From then on nothing lets this person in.
    package let disabledAt: Date?

    package var isAdmin: Bool { role == .admin }

    /// Whether the person may see and switch what is a household's own.
    package func maySee(household: Int64?) -> Bool {
        isAdmin || (household != nil && household == self.household)
    }
}

/// A person and what the typed password is checked against.
package struct Credentials: Sendable {
    package let person: Person
    package let passwordHash: String
}
