import CSodium
import Foundation

/// A line that a person types on the terminal without its being shown.
package enum HiddenLine {
    /// Whether standard input is a terminal, so that a person can be asked.
    package static var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks on standard error and reads a line of standard input without echo; what the terminal was like comes back.
    ///
    /// - Throws: ``SecretsError`` of kind `interrupted` for Control-C and the end of the input.
    package static func read(prompt: String) throws -> String {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else {
            throw SecretsError(.unavailable, "there is no terminal to ask on")
        }
        // Control-C must not leave a terminal behind that shows nothing: it ends the line, and is seen below.
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        wattbuddy_end_line_at(&hidden, interrupt)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else {
            throw SecretsError(.unavailable, "the terminal does not hide what is typed")
        }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            write("\n")
        }
        // After the switch, which drops what was typed before: the answer to the question must not be lost.
        write(prompt)
        return try line()
    }

    /// Not by `readLine`, which goes on until the line ends by the enter key.
    private static func line() throws -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while Foundation.read(STDIN_FILENO, &byte, 1) == 1, byte != interrupt {
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        throw SecretsError(.interrupted, "given up")
    }

    /// Control-C.
    private static let interrupt: UInt8 = 3

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
