import CDeflate

/// Writes indexed-colour PNGs (W3C PNG specification, third edition): signature, IHDR, the drawing's fingerprint in a private chunk
/// that programs pass over, PLTE, IDAT, IEND and nothing else.
enum PNGEncoder {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func encode(_ raster: Raster, carrying print: Fingerprint) throws -> [UInt8] {
        let picture = IndexedRaster(raster)
        let depth = depth(for: picture.palette.count)
        var png = signature
        append("IHDR", header(width: raster.width, height: raster.height, depth: depth), to: &png)
        png += fingerprint(print)
        append(
            "PLTE", picture.palette.flatMap { [UInt8($0 >> 16 & 0xFF), UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)] },
            to: &png)
        append(
            "IDAT", try deflate(rows(of: picture, width: raster.width, height: raster.height, depth: depth)), to: &png)
        append("IEND", [], to: &png)
        return png
    }

    /// Behind the signature and IHDR with its length, kind and checksum.
    static let fingerprintPlace = 8 + 12 + 13

    /// The chunk, whole.
    static func fingerprint(_ print: Fingerprint) -> [UInt8] {
        var chunk: [UInt8] = []
        append("wbFp", print.bytes, to: &chunk)
        return chunk
    }

    private static func depth(for colours: Int) -> Int {
        switch colours {
        case ...2: 1
        case ...4: 2
        case ...16: 4
        default: 8
        }
    }

    private static func header(width: Int, height: Int, depth: Int) -> [UInt8] {
        // Colour type 3: indexed; no compression, filter or interlace method but the standard ones.
        bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [UInt8(depth), 3, 0, 0, 0]
    }

    /// Each row after a byte that names its filter: none, which is best for indices.
    private static func rows(of picture: IndexedRaster, width: Int, height: Int, depth: Int) -> [UInt8] {
        let perByte = 8 / depth
        let length = (width + perByte - 1) / perByte
        return [UInt8](unsafeUninitializedCapacity: (length + 1) * height) { bytes, count in
            var place = 0
            for row in 0..<height {
                bytes[place] = 0
                place += 1
                let indices = picture.indices[row * width..<(row + 1) * width]
                place = pack(indices, depth: depth, into: bytes, at: place)
            }
            count = place
        }
    }

    private static func pack(
        _ indices: ArraySlice<UInt8>, depth: Int, into bytes: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) -> Int {
        guard depth < 8 else {
            _ = UnsafeMutableBufferPointer(rebasing: bytes[start...]).initialize(from: indices)
            return start + indices.count
        }
        var place = start
        var byte: UInt8 = 0
        var free = 8
        for index in indices {
            free -= depth
            byte |= index << UInt8(free)
            if free == 0 {
                bytes[place] = byte
                (place, byte, free) = (place + 1, 0, 8)
            }
        }
        if free < 8 {
            bytes[place] = byte
            place += 1
        }
        return place
    }

    private static func deflate(_ bytes: [UInt8]) throws -> [UInt8] {
        guard let compressor = libdeflate_alloc_compressor(6) else {
            throw CanvasError(.encoding, "no memory to pack a picture")
        }
        defer { libdeflate_free_compressor(compressor) }
        let bound = libdeflate_zlib_compress_bound(compressor, bytes.count)
        let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            count = libdeflate_zlib_compress(compressor, bytes, bytes.count, buffer.baseAddress, buffer.count)
        }
        guard !packed.isEmpty else { throw CanvasError(.encoding, "the picture cannot be packed") }
        return packed
    }

    private static func append(_ kind: StaticString, _ data: [UInt8], to png: inout [UInt8]) {
        let body = kind.withUTF8Buffer(Array.init) + data
        png += bigEndian(UInt32(data.count)) + body + bigEndian(libdeflate_crc32(0, body, body.count))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian, Array.init)
    }
}
