import Deployment
import Foundation

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
