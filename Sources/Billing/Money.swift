/// An amount of money in whole minor units of its currency (paise, cents), as it is paid.
package struct Money: Hashable, Comparable, Sendable {
    package let minorUnits: Int64

    package init(minorUnits: Int64) {
        self.minorUnits = minorUnits
    }

    package static let zero = Money(minorUnits: 0)

    package static func < (left: Money, right: Money) -> Bool {
        left.minorUnits < right.minorUnits
    }

    package static func + (left: Money, right: Money) -> Money {
        Money(minorUnits: left.minorUnits + right.minorUnits)
    }

    package static func - (left: Money, right: Money) -> Money {
        Money(minorUnits: left.minorUnits - right.minorUnits)
    }
}

/// A currency by its ISO 4217 code.
package struct Currency: Hashable, Sendable {
    package let code: String

    /// - Parameter code: three capital letters.
    package init?(code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        self.code = code
    }

    /// Decimal places of the minor unit (ISO 4217): 2 for most, 0 for the yen and the won.
    package var places: Int {
        switch code {
        case "JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "PYG", "RWF": 0
        case "BHD", "JOD", "KWD", "OMR", "TND": 3
        default: 2
        }
    }
}
