/// What must be so for a line to be billed.
package struct Condition: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        /// A quantity of the period divided by its months, in kilowatt-hours.
        case perMonth(MeteredQuantity)
        /// Months that the bill covers.
        case billingMonths
        /// The calendar month in which the bill is dated.
        case billMonth
        case season
        case input(String)
    }

    package enum Test: Hashable, Sendable {
        case range(above: Rate?, from: Rate?, upTo: Rate?, below: Rate?)
        case oneOf([String])
    }

    package let subject: Subject
    package let test: Test
}
