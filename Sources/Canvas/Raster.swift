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
    private(set) var palette: [UInt32]
    private(set) var indices: [UInt8]

    private static let most = 256

    /// Keeps every colour when there are few enough; else the most frequent ones, and draws each other one in the nearest
    /// of them, which only the edges of letters and lines show.
    init(_ raster: Raster) {
        var table = ColourTable()
        var numbers = Array(repeating: UInt32(0), count: raster.width * raster.height)
        var last: (colour: UInt32, number: UInt32) = (.max, 0)
        numbers.withUnsafeMutableBufferPointer { numbers in
            raster.forEachPixel { place, colour in
                if colour != last.colour { last = (colour, UInt32(table.number(of: colour))) }
                table.counts[Int(last.number)] += 1
                numbers[place] = last.number
            }
        }
        let (palette, places) = Self.reduce(table)
        self.palette = palette
        indices = numbers.map { places[Int($0)] }
    }

    /// The colours that stay, and for each colour of the table the place of the one it is drawn in.
    private static func reduce(_ table: ColourTable) -> (palette: [UInt32], places: [UInt8]) {
        guard table.colours.count > most else { return (table.colours, table.colours.indices.map { UInt8($0) }) }
        let byFrequency = table.colours.indices.sorted { (table.counts[$1], $0) < (table.counts[$0], $1) }
        let palette = byFrequency.prefix(most).map { table.colours[$0] }
        var places = Array(repeating: UInt8(0), count: table.colours.count)
        for (place, number) in byFrequency.enumerated() {
            places[number] = UInt8(place < most ? place : nearest(to: table.colours[number], in: palette))
        }
        return (palette, places)
    }

    private static func nearest(to colour: UInt32, in palette: [UInt32]) -> Int {
        var best = (distance: Int32.max, place: 0)
        for (place, other) in palette.enumerated() {
            let distance = distance(colour, other)
            if distance < best.distance { best = (distance, place) }
        }
        return best.place
    }

    /// Squared; green counts most, as the eye has it.
    private static func distance(_ one: UInt32, _ other: UInt32) -> Int32 {
        func step(_ shift: UInt32) -> Int32 { Int32(one >> shift & 0xFF) - Int32(other >> shift & 0xFF) }
        let (red, green, blue) = (step(16), step(8), step(0))
        return 2 * red * red + 4 * green * green + 3 * blue * blue
    }
}

/// Numbers colours in the order in which they are first met (open addressing).
private struct ColourTable {
    private(set) var colours: [UInt32] = []
    /// Pixels of each colour.
    var counts: [Int] = []
    private var slots = Array(repeating: Int32(-1), count: 4096)

    mutating func number(of colour: UInt32) -> Int {
        var slot = self.slot(of: colour)
        while slots[slot] >= 0 {
            if colours[Int(slots[slot])] == colour { return Int(slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(colours.count)
        colours.append(colour)
        counts.append(0)
        if colours.count * 2 > slots.count { grow() }
        return colours.count - 1
    }

    private func slot(of colour: UInt32) -> Int {
        Int((colour &* 0x9E37_79B1) >> 8) & (slots.count - 1)
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for (number, colour) in colours.enumerated() {
            var slot = slot(of: colour)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }
}
