package import Foundation

/// A COPY that sends the rows of a query; numbers and instants are written into its text, which takes no parameters.
package struct CopyQuery: ExpressibleByStringInterpolation {
    let text: String

    package init(stringLiteral text: String) {
        self.text = text
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ number: Int64) {
            text += String(number)
        }

        package mutating func appendInterpolation(_ numbers: [Int64]) {
            text += "'{" + numbers.map(String.init).joined(separator: ",") + "}'::bigint[]"
        }

        /// To the microsecond, as a constant, so that the planner leaves out the months that do not matter.
        package mutating func appendInterpolation(_ instant: Date) {
            let microseconds = Int64((instant.timeIntervalSince1970 * 1_000_000).rounded())
            let (second, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
            let whole = rest < 0 ? second - 1 : second
            let fraction = String(1_000_000 + (rest < 0 ? rest + 1_000_000 : rest)).dropFirst()
            let date = Date(timeIntervalSince1970: Double(whole)).formatted(.iso8601).dropLast()
            text += "'\(date).\(fraction)+00'::timestamptz"
        }
    }
}
