package import Billing
package import Foundation
package import Metering

/// Who is billed, and how.
package struct Household: Hashable, Sendable {
    package let id: Int64
    /// Names the household in paths and on the command line.
    package let slug: String
    package let name: String
    package let consumerNumber: String?
    package let zone: TimeZone
    /// `en-IN`: decides how numbers and money are written.
    package let locale: String
    package let mailTo: String?
    package let account: Account
    package let cycle: BillingCycle

    package init(
        id: Int64, slug: String, name: String, consumerNumber: String?, zone: TimeZone, locale: String, mailTo: String?,
        account: Account, cycle: BillingCycle
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.consumerNumber = consumerNumber
        self.zone = zone
        self.locale = locale
        self.mailTo = mailTo
        self.account = account
        self.cycle = cycle
    }

    package var clock: LocalClock {
        LocalClock(zone: zone)
    }
}
