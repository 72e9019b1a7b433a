import Foundation

/// A text that is written piece by piece, so that a long one is never held whole.
struct TextFile: ~Copyable {
    private let handle: FileHandle
    private var waiting: [UInt8] = []

    /// Empties the file at `path` or makes it.
    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
        self.handle = handle
    }

    mutating func write(line: String) throws {
        waiting.append(contentsOf: line.utf8)
        waiting.append(UInt8(ascii: "\n"))
        if waiting.count >= 1 << 16 { try flush() }
    }

    /// Writes what waits; to be called after the last line.
    mutating func flush() throws {
        try handle.write(contentsOf: Data(waiting))
        waiting.removeAll(keepingCapacity: true)
    }
}
