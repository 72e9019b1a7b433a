import Filesystem
import Foundation
import Synchronization

/// Where readings wait on disk while the database is away: files that only grow, the oldest replayed first.
///
/// A file that this process did not begin is never added to: its end may be torn. One process holds the folder.
package final class Spool: Sendable {
    /// A file of the spool that is complete.
    package struct Segment: Hashable, Sendable {
        fileprivate let path: String
        fileprivate let size: Int
    }

    private struct State: Sendable {
        var closed: [Segment] = []
        var open: (file: AppendFile, segment: Segment)?
        var next = 0

        var size: Int {
            closed.reduce(open?.segment.size ?? 0) { $0 + $1.size }
        }
    }

    private let folder: String
    private let limit: Int
    private let lock: FileLock
    private let state: Mutex<State>
    private static let segmentSize = 4 << 20

    /// - Parameter limit: bytes that the spool may hold.
    /// - Throws: ``FilesystemError``, of kind `locked` when another daemon uses the folder.
    package init(folder: String, limit: Int = 1 << 30) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        lock = try FileLock(at: folder + "/lock", waits: false)
        self.folder = folder
        self.limit = limit
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".spool") }
            .sorted()
        var found = State()
        for name in names {
            let path = "\(folder)/\(name)"
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            found.closed.append(Segment(path: path, size: size))
            found.next = (Int(name.dropLast(".spool".count)) ?? found.next) + 1
        }
        state = Mutex(found)
    }

    package var isEmpty: Bool {
        state.withLock { $0.closed.isEmpty && $0.open == nil }
    }

    /// Bytes that wait.
    package var size: Int {
        state.withLock { $0.size }
    }

    /// Whether not even a small batch finds room.
    var isFull: Bool { limit - size < 4096 }

    /// Returns when the rows are on disk.
    ///
    /// - Throws: ``IngestError`` of kind `full` when the spool has reached its limit; ``FilesystemError``.
    package func append(_ rows: [StoredReading]) throws {
        let record = SpoolRecord.encode(rows)
        try state.withLock { state in
            guard state.size + record.count <= limit else {
                throw IngestError(.full, "the database is away and the spool is full; send it again later")
            }
            do {
                try append(record, to: &state)
            } catch {
                // What was half written is left behind: the next record goes into a file of its own.
                Self.close(&state)
                throw error
            }
        }
    }

    private func append(_ record: [UInt8], to state: inout State) throws {
        if state.open == nil {
            let path = "\(folder)/\(Self.name(state.next)).spool"
            state.open = (try AppendFile(path: path), Segment(path: path, size: 0))
            state.next += 1
            try Folder.sync(folder)
        }
        guard let open = state.open else { return }
        try open.file.append(record)
        let segment = Segment(path: open.segment.path, size: open.segment.size + record.count)
        state.open = (open.file, segment)
        if segment.size >= Self.segmentSize { Self.close(&state) }
    }

    private static func close(_ state: inout State) {
        guard let open = state.open else { return }
        state.closed.append(open.segment)
        state.open = nil
    }

    private static func name(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    /// The oldest file and its rows; nil when nothing waits.
    package func oldest() throws -> (segment: Segment, rows: [StoredReading])? {
        let first = state.withLock { state in
            if state.closed.isEmpty { Self.close(&state) }
            return state.closed.first
        }
        guard let first else { return nil }
        let bytes = try Data(contentsOf: URL(filePath: first.path))
        return (first, SpoolRecord.decode([UInt8](bytes)))
    }

    /// Removes a file whose rows are in the database.
    package func remove(_ segment: Segment) throws {
        try FileManager.default.removeItem(atPath: segment.path)
        state.withLock { $0.closed.removeAll { $0.path == segment.path } }
    }

    /// Keeps rows that the database refuses by themselves, for a person to look at.
    func setAside(_ rows: [StoredReading]) throws {
        try AppendFile(path: folder + "/refused").append(SpoolRecord.encode(rows))
    }
}
