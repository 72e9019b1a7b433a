import ArgumentParser
import Deployment
import Secrets

/// A password that is being set: from the environment, else typed twice on the terminal, else a line of standard input.
enum NewPassword {
    /// - Throws: `ValidationError` that says what is wrong with it, never what it was.
    static func read(_ settings: Settings) throws -> String {
        let password = try settings.newPassword ?? (HiddenLine.canAsk ? typedTwice() : line())
        if let fault = PasswordRule.fault(in: password) { throw ValidationError(fault) }
        return password
    }

    private static func typedTwice() throws -> String {
        let password = try HiddenLine.read(prompt: "New password: ")
        guard try HiddenLine.read(prompt: "The same again: ") == password else {
            throw ValidationError("the two passwords differ")
        }
        return password
    }

    private static func line() throws -> String {
        guard let line = readLine() else {
            throw ValidationError("no password: put it into WATTBUDDY_NEW_PASSWORD or on standard input")
        }
        return line
    }
}
