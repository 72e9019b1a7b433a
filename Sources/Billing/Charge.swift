package import Metering

/// One line of a bill: a credit has a negative amount.
package struct Charge: Hashable, Sendable {
    package let id: String
    package let label: String
    package let amount: Amount
    /// The products the amount is made of, in the order of the tariff.
    package let parts: [Part]

    package init(id: String, label: String, amount: Amount, parts: [Part]) {
        self.id = id
        self.label = label
        self.amount = amount
        self.parts = parts
    }

    /// One product: a quantity at a rate.
    package struct Part: Hashable, Sendable {
        package let quantity: Quantity
        package let rate: Rate
        /// The share with which a version of the tariff takes part in a blended bill; nil for all of it.
        package let weight: Rate?
        package let amount: Amount

        package init(quantity: Quantity, rate: Rate, weight: Rate?, amount: Amount) {
            self.quantity = quantity
            self.rate = rate
            self.weight = weight
            self.amount = amount
        }
    }

    package enum Quantity: Hashable, Sendable {
        /// At a rate a kilowatt-hour.
        case energy(Energy)
        /// At a rate a month.
        case months(Int)
        /// At a rate a day.
        case days(Int)
        /// At a rate a bill.
        case bill
        /// At a rate in per cent.
        case base(Amount)
    }
}
