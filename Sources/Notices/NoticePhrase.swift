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
    /// A total is about to be passed above which the whole bill is dearer.
    case billJumpCliff = "bill_jump_cliff"
    /// A step is about to be reached in which each further kWh is dearer.
    case billJumpStep = "bill_jump_step"
    case billJumpAboveUsual = "bill_jump_above_usual"
    case billJumpStepTitle = "bill_jump_step_title"
    case billJumpAboveUsualTitle = "bill_jump_above_usual_title"
    /// The subject of a message that an alert has opened.
    case openedTitle = "opened_title"
    case openedText = "opened_text"
    /// The subject of a message that an alert is over.
    case resolvedTitle = "resolved_title"
    case resolvedText = "resolved_text"
    /// What a message says that only tries a channel.
    case testText = "test_text"
    /// What the link or the button of a message says.
    case openLivePage = "open_live_page"

    /// The text in English.
    ///
    /// - Parameter figures: texts for the places in braces, by name.
    package func text(_ figures: [String: String] = [:]) -> String {
        NoticeBook.english.text(of: self, figures)
    }
}
