/// What a new password must be; no more is asked than what helps against guessing.
package enum PasswordRule {
    /// What is wrong with it, as one plain sentence; nil when it may be taken.
    package static func fault(in password: String) -> String? {
        if password.count < shortest { return "a password needs at least \(shortest) characters" }
        if password.utf8.count > longest { return "a password may have at most \(longest) bytes" }
        if Set(password).count == 1 { return "a password needs more than one character again and again" }
        return nil
    }

    private static let shortest = 10
    /// A bound on what a stranger can make the server work on.
    private static let longest = 1024
}
