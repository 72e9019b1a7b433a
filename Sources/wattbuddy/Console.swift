import Foundation

/// What the program says: results on standard output, everything else on standard error.
enum Console {
    static func say(_ text: String) {
        write(text + "\n")
    }

    /// Text that brings its own line ends.
    static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    static func error(_ text: String) {
        FileHandle.standardError.write(Data("wattbuddy: \(text)\n".utf8))
    }

    static func note(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Whether a person looks on; cron is not told of progress.
    static let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
}

/// A bar on a terminal that shows how far long work has come; silent elsewhere.
struct Progress {
    private let title: String
    private var shown = -1

    init(_ title: String) {
        self.title = title
    }

    mutating func show(_ share: Double) {
        let percent = Int(min(max(share, 0), 1) * 100)
        guard Console.isTerminal, percent != shown else { return }
        shown = percent
        let full = percent * 30 / 100
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 30 - full)
        FileHandle.standardError.write(Data("\r\(title) \(bar) \(percent) %".utf8))
    }

    mutating func finish() {
        guard Console.isTerminal, shown >= 0 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
        shown = -1
    }
}
