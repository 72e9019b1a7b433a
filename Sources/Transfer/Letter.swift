package import Foundation

/// A mail with a text, the same as HTML, and perhaps a picture that the HTML shows.
package struct Letter: Sendable {
    /// A PNG within a letter.
    package struct Picture: Sendable {
        let png: Data
        /// The name by which the HTML shows it, `name@host`.
        let id: String
        let name: String

        package init(png: Data, id: String, name: String) {
            self.png = png
            self.id = id
            self.name = name
        }
    }

    package let from: String
    package let to: String
    package let subject: String
    package let plainText: String
    package let html: String
    package let picture: Picture?
    package let messageID: String
    package let date: Date

    /// - Throws: ``TransferError`` of kind `badLetter` when an address or a line of the header is none: what holds a line
    ///   break could add lines of its own.
    package init(
        from: String, to: String, subject: String, plainText: String, html: String, picture: Picture?,
        messageID: String, date: Date
    ) throws {
        for (field, value) in [("from", from), ("to", to)] where !Self.isAddress(value) {
            throw TransferError(.badLetter, "\(field): '\(Self.visible(value))' is not a mail address")
        }
        for (field, value) in [
            ("subject", subject), ("message id", messageID), ("picture", picture?.id ?? ""),
            ("picture", picture?.name ?? ""),
        ]
        where value.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            throw TransferError(.badLetter, "\(field): '\(Self.visible(value))' holds a control character")
        }
        self.from = from
        self.to = to
        self.subject = subject
        self.plainText = plainText
        self.html = html
        self.picture = picture
        self.messageID = messageID
        self.date = date
    }

    /// One address without a name: no blanks, brackets or controls, and a host behind the last @.
    package static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= 254 else { return false }
        return text.unicodeScalars.allSatisfy {
            $0.value > 32 && $0.value != 127 && !"<>()[],;:\\\"".unicodeScalars.contains($0)
        }
    }

    private static func visible(_ text: String) -> String {
        text.replacing("\r", with: "\\r").replacing("\n", with: "\\n")
    }

    var headers: [String] {
        [
            "Date: \(Self.format(date))", "From: \(from)", "To: \(to)", "Subject: \(Self.encodedWords(subject))",
            "Message-ID: <\(messageID)>", "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
            picture == nil
                ? "Content-Type: multipart/alternative"
                : "Content-Type: multipart/related; type=\"multipart/alternative\"",
        ]
    }

    /// `Tue, 24 Nov 2026 16:14:22 +0000` (RFC 5322, section 3.3)
    static func format(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.weekday, .year, .month, .day, .hour, .minute, .second], from: date)
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String { String(100 + (number ?? 0)).suffix(2).description }
        return
            "\(weekdays[(parts.weekday ?? 1) - 1]), \(two(parts.day)) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 1970) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }

    /// Text beyond ASCII as encoded words of at most 75 characters, none of which cuts a character (RFC 2047).
    static func encodedWords(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 > 126 }) || text.contains("=?") else { return text }
        var words: [String] = []
        var piece = ""
        for character in text {
            if (piece + String(character)).utf8.count > 42 {
                words.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        return (words + [piece]).map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}
