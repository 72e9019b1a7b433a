import Yams

/// How each kind is told: the one place from which pages and channels take their words.
package struct NoticeBook: Sendable {
    private let notices: [NoticeKind: Notice]
    private let phrases: [NoticePhrase: String]

    /// Reads a file of notices.
    ///
    /// - Throws: what is wrong with it, and where: a kind or a phrase that is not known or is missing among them.
    package init(yaml: String) throws {
        self = try YAMLDecoder().decode(NoticeBook.self, from: yaml)
    }

    package subscript(_ kind: NoticeKind) -> Notice {
        guard let notice = notices[kind] else { preconditionFailure("a book has every kind") }
        return notice
    }

    func text(of phrase: NoticePhrase, _ figures: [String: String]) -> String {
        guard let text = phrases[phrase] else { preconditionFailure("a book has every phrase") }
        return text.filled(figures)
    }

    /// The longest cool-down of all, in seconds.
    package var longestCoolDown: Double {
        notices.values.map(\.coolDown).max() ?? 0
    }

    /// How things are told in English.
    package static let english: NoticeBook = {
        do {
            return try NoticeBook(yaml: String(decoding: PackageResources.notices_en_yaml, as: UTF8.self))
        } catch {
            // The file is built into the program, and a test reads it.
            preconditionFailure("the words for notices are broken: \(error)")
        }
    }()
}

extension NoticeBook: Decodable {
    private enum CodingKeys: String, CodingKey {
        case kinds, phrases
    }

    package init(from decoder: any Decoder) throws {
        let book = try decoder.container(keyedBy: CodingKeys.self)
        notices = try book.decode([NoticeKind: Notice].self, forKey: .kinds)
        phrases = try book.decode([NoticePhrase: String].self, forKey: .phrases)
        let missing =
            NoticeKind.allCases.filter { notices[$0] == nil }.map(\.codingKey)
            + NoticePhrase.allCases.filter { phrases[$0] == nil }.map(\.codingKey)
        guard let first = missing.first else { return }
        throw DecodingError.keyNotFound(
            first, DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "it has no words"))
    }
}

extension NoticeKind {
    /// How it is told.
    package var notice: Notice { NoticeBook.english[self] }
}

extension String {
    /// With texts in the places in braces.
    func filled(_ figures: [String: String]) -> String {
        figures.reduce(self) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}
