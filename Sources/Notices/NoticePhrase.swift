/// What is said besides the sentence of a kind; raw values as the file of notices has them.
package enum NoticePhrase: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// A socket was switched off for a moment, and the power fell.
    case probeHere = "probe_here"
    /// A socket was switched off for a moment, and the power stayed.
    case probeThere = "probe_there"
    /// Both sockets draw too much to tell.
    case probeBoth = "probe_both"
    /// The power moved by itself meanwhile.
    case probeMoved = "probe_moved"
    /// No reading told.
    case probeLost = "probe_lost"

    /// The text in English.
    ///
    /// - Parameter figures: texts for the places in braces, by name.
    package func text(_ figures: [String: String]) -> String {
        NoticeBook.english.text(of: self, figures)
    }
}
