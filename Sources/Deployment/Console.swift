import Foundation

/// What the program says: results on standard output, everything else on standard error.
package enum Console {
    package static func say(_ text: String) {
        write(text + "\n")
    }

    /// Text that brings its own line ends.
    package static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    package static func error(_ text: String) {
        FileHandle.standardError.write(Data("wattbuddy: \(text)\n".utf8))
    }

    package static func note(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Whether a person looks on; cron is not told of progress.
    package static let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
}
