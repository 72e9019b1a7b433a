import Foundation
import Metering

/// Who is logged in, as far as the routes need to know.
struct Person: Hashable, Sendable {
    let id: Int64
    let name: String
    let email: String
    let isAdmin: Bool
    /// Nil for an administrator without a household of its own.
    let household: Int64?
    let householdSlug: String?

    /// Whether the things of a household are theirs to see and to switch.
    func owns(_ household: Int64?) -> Bool {
        isAdmin || (household != nil && household == self.household)
    }
}
