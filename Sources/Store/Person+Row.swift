import Foundation
import Postgres

extension Person {
    static let columns: SQL = """
        account.account_id, account.name, account.email, account.role, account.household_id, household.slug,
        account.created_at, account.disabled_at
        """

    static let tables: SQL = "account LEFT JOIN household ON household.household_id = account.household_id"

    static func fromRow(
        _ id: Int64, _ name: String, _ email: String, _ role: String, _ household: Int64?, _ slug: String?,
        _ createdAt: Date, _ disabledAt: Date?
    ) throws -> Person {
        guard let known = Role(rawValue: role) else {
            throw StoreError(.unreadable, "the account '\(name)' has the unknown role '\(role)'")
        }
        return Person(
            id: id, name: name, email: email, role: known, household: household, householdSlug: slug,
            createdAt: createdAt, disabledAt: disabledAt)
    }
}
