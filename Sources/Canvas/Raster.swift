/// The pixels of a finished drawing, 32 bits each with the colour in the lower 24.
struct Raster {
    let pixels: UnsafeRawBufferPointer
    let width: Int
    let height: Int
    /// Bytes from one row to the next.
    let stride: Int

    func forEachPixel(_ body: (_ index: Int, _ colour: UInt32) -> Void) {
        var index = 0
        for row in 0..<height {
            for column in 0..<width {
                let place = row * stride + column * 4
                body(index, pixels.load(fromByteOffset: place, as: UInt32.self) & 0xFF_FFFF)
                index += 1
            }
        }
    }
}

/// A picture of at most 256 colours: each pixel names one of them.
struct IndexedRaster {
    private(set) var palette: [UInt32] = []
    private(set) var indices: [UInt8]

    /// Keeps every colour when there are few enough; else drops low bits of all until there are, which only the edges of
    /// letters and lines show.
    init(_ raster: Raster) {
        indices = Array(repeating: 0, count: raster.width * raster.height)
        for bits in [0, 1, 2, 3, 4, 5] where fill(from: raster, droppingBits: bits) { return }
    }

    private mutating func fill(from raster: Raster, droppingBits bits: Int) -> Bool {
        var table = ColourTable()
        var isFull = false
        let mask = UInt32((0xFF >> bits) << bits) * 0x01_0101
        let middle = bits == 0 ? 0 : UInt32(1 << (bits - 1)) * 0x01_0101
        var last: (colour: UInt32, index: UInt8) = (.max, 0)
        indices.withUnsafeMutableBufferPointer { indices in
            raster.forEachPixel { place, colour in
                guard !isFull else { return }
                if colour != last.colour {
                    // Plain white and black stay what they are.
                    let kept = colour == 0xFF_FFFF || colour == 0 ? colour : colour & mask | middle
                    guard let index = table.index(of: kept) else { return isFull = true }
                    last = (colour, index)
                }
                indices[place] = last.index
            }
        }
        palette = table.colours
        return !isFull
    }
}

/// Numbers colours in the order in which they are first met, up to 256 (open addressing).
private struct ColourTable {
    private(set) var colours: [UInt32] = []
    private var slots = Array(repeating: Int16(-1), count: 1024)

    mutating func index(of colour: UInt32) -> UInt8? {
        var slot = Int((colour &* 0x9E37_79B1) >> 22)
        while slots[slot] >= 0 {
            if colours[Int(slots[slot])] == colour { return UInt8(slots[slot]) }
            slot = (slot + 1) & 1023
        }
        guard colours.count < 256 else { return nil }
        slots[slot] = Int16(colours.count)
        colours.append(colour)
        return UInt8(colours.count - 1)
    }
}
