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
        /// The share with which a version of the tariff, or a stretch of the days, takes part; nil for all of it.
        package let weight: Fraction?
        package let amount: Amount
        /// The tariff's time-of-use period the energy was used in; nil where the line does not ask.
        package let period: String?

        package init(quantity: Quantity, rate: Rate, weight: Fraction? = nil, amount: Amount, period: String? = nil) {
            self.quantity = quantity
            self.rate = rate
            self.weight = weight
            self.amount = amount
            self.period = period
        }

        func weighted(_ share: Fraction) -> Part {
            Part(
                quantity: quantity, rate: rate, weight: weight.map { $0 * share } ?? share, amount: amount * share,
                period: period)
        }

        func rounded(_ rounding: Rounding) -> Part {
            Part(quantity: quantity, rate: rate, weight: weight, amount: rounding(amount), period: period)
        }
    }

    package enum Quantity: Hashable, Sendable {
        /// At a rate a kilowatt-hour.
        case energy(Energy)
        /// At a rate a month.
        case months(Fraction)
        /// At a rate a day.
        case days(Int)
        /// At a rate a bill.
        case bill
        /// At a rate in per cent.
        case base(Amount)
        /// Kilowatts or kilovolt-amperes, at a rate for each and month.
        case load(Rate, months: Fraction)
        /// What a minimum bill falls short by, at a rate of one.
        case shortfall(Amount)
        /// Energy given to the network and not used up, kept for the next bill at no rate.
        case carried(Energy)
    }
}
