import Gzip

/// Gives a file line by line without holding it whole.
struct LineReader: ~Copyable {
    private let file: GzipFile
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    private static let pieceSize = 1 << 20
    private static let newline = UInt8(ascii: "\n")

    init(path: String) throws {
        file = try GzipFile(path: path)
    }

    var progress: Double { file.progress }

    /// The next line without its end; nil after the last.
    mutating func next() throws -> ArraySlice<UInt8>? {
        while true {
            if let end = buffer[start...].firstIndex(of: Self.newline) {
                defer { start = end + 1 }
                return Self.withoutReturn(buffer[start..<end])
            }
            guard !isAtEnd else {
                defer { start = buffer.count }
                return start < buffer.count ? Self.withoutReturn(buffer[start...]) : nil
            }
            let more = try file.read(atMost: Self.pieceSize)
            isAtEnd = more.isEmpty
            buffer = buffer[start...] + more
            start = 0
        }
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
