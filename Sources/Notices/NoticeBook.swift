import Yams

/// How each kind is told: the one place from which pages and channels take their words.
package struct NoticeBook: Sendable {
    private let notices: [NoticeKind: Notice]

    /// Reads a file of notices.
    ///
    /// - Throws: what is wrong with it, and where: a kind that is not known or is missing among them.
    package init(yaml: String) throws {
        notices = try YAMLDecoder().decode([NoticeKind: Notice].self, from: yaml)
        if let missing = NoticeKind.allCases.first(where: { notices[$0] == nil }) {
            throw DecodingError.keyNotFound(
                missing.codingKey, DecodingError.Context(codingPath: [], debugDescription: "this kind has no words"))
        }
    }

    package subscript(_ kind: NoticeKind) -> Notice {
        guard let notice = notices[kind] else { preconditionFailure("a book has every kind") }
        return notice
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

extension NoticeKind {
    /// How it is told.
    package var notice: Notice { NoticeBook.english[self] }
}
