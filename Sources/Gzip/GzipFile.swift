import CZlib
import Foundation

/// A file that is read from its beginning to its end, unpacked on the way when it is packed by gzip.
package struct GzipFile: ~Copyable {
    private let handle: gzFile
    private let path: String
    private let size: Int

    /// - Throws: ``GzipError`` when the file cannot be opened.
    package init(path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw GzipError("\(path): \(String(cString: strerror(errno)))") }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw GzipError("\(path) is a folder, not a file") }
        guard let handle = gzopen(path, "rb") else { throw GzipError("\(path): \(String(cString: strerror(errno)))") }
        gzbuffer(handle, 1 << 18)
        self.handle = handle
        self.path = path
        size = Int(status.st_size)
    }

    deinit {
        gzclose(handle)
    }

    /// The next bytes, at most `count`; empty at the end.
    ///
    /// - Throws: ``GzipError`` when the file is damaged or cut short.
    package func read(atMost count: Int) throws -> [UInt8] {
        var got: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            got = gzread(handle, buffer.baseAddress, UInt32(buffer.count))
            filled = max(0, Int(got))
        }
        var code: Int32 = 0
        let message = gzerror(handle, &code)
        guard got >= 0, code == Z_OK || code == Z_STREAM_END else {
            let reason = message.map { String(cString: $0) } ?? "cannot be read"
            throw GzipError("\(path): \(reason)")
        }
        return bytes
    }

    /// How much of the file was read, 0 to 1.
    package var progress: Double {
        size == 0 ? 1 : min(1, Double(gzoffset(handle)) / Double(size))
    }
}

/// Why a file cannot be read.
package struct GzipError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String

    init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
