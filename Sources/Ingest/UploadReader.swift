import Foundation
import Metering

/// Reads the body of a post: one reading, an array of them, or one a line.
package struct UploadReader {
    /// So many readings may come in one body.
    package static let most = 50_000

    /// The readings in their order.
    ///
    /// - Throws: ``IngestError`` that names the field, and the number of the reading when there are several; then nothing of the
    ///   body may be used.
    package static func readings(in body: [UInt8]) throws -> [ReadingUpload] {
        var reader = JSONReader(body)
        var found: [ReadingUpload] = []
        repeat {
            if try reader.kind() == .array { try array(&reader, into: &found) } else { try one(&reader, into: &found) }
        } while !reader.isAtEnd()
        guard !found.isEmpty else { throw IngestError(.missing, "there is no reading in the body") }
        return found
    }

    private static func array(_ reader: inout JSONReader, into found: inout [ReadingUpload]) throws {
        try reader.expect(UInt8(ascii: "["))
        if reader.take(UInt8(ascii: "]")) { return }
        repeat { try one(&reader, into: &found) } while reader.take(UInt8(ascii: ","))
        try reader.expect(UInt8(ascii: "]"))
    }

    private static func one(_ reader: inout JSONReader, into found: inout [ReadingUpload]) throws {
        guard try reader.kind() == .object else {
            throw IngestError(.invalid, "reading \(found.count + 1) is not an object with fields")
        }
        guard found.count < most else { throw IngestError(.tooMany, "more than \(most) readings in one body") }
        do {
            found.append(try upload(&reader))
        } catch let error as IngestError where error.field != nil && !found.isEmpty {
            throw IngestError(error.kind, field: error.field, "reading \(found.count + 1): \(error.message)")
        }
    }

    private static func upload(_ reader: inout JSONReader) throws -> ReadingUpload {
        var upload = ReadingUpload()
        var hasRegister = false
        try reader.members { reader, name in
            hasRegister = try UploadField.take(name, of: &reader, into: &upload) || hasRegister
        }
        guard hasRegister else {
            throw IngestError(.missing, field: "energy", "energy (kWh, the register) is missing")
        }
        guard !upload.isEmpty else {
            throw IngestError(.missing, field: "energy", "no field holds a measured value")
        }
        return upload
    }
}
