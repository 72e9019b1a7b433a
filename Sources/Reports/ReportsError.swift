/// Why a page or letter cannot be made.
package struct ReportsError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// A template is missing or wrong.
        case template
        /// Another process is publishing.
        case busy
        /// The figures do not allow the page.
        case figures
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
