/// The pixels of a finished drawing, 32 bits each with the colour in the lower 24.
struct Raster {
    let pixels: UnsafeRawBufferPointer
    let width: Int
    let height: Int
    /// Bytes from one row to the next.
    let stride: Int

    /// Lends the stretches of one colour, row by row; most of a chart is such stretches.
    func forEachRun(_ body: (_ colour: UInt32, _ length: Int) -> Void) {
        for row in 0..<height {
            let line = UnsafeRawBufferPointer(rebasing: pixels[row * stride..<row * stride + width * 4])
                .bindMemory(to: UInt32.self)
            var start = 0
            while start < width {
                let colour = line[start]
                var end = start + 1
                while end < width, line[end] == colour { end += 1 }
                body(colour & 0xFF_FFFF, end - start)
                start = end
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
        var runs: [(number: Int32, length: Int32)] = []
        runs.reserveCapacity(raster.height * 64)
        raster.forEachRun { colour, length in
            let number = table.number(of: colour)
            table.counts[number] += length
            runs.append((Int32(number), Int32(length)))
        }
        let (palette, places) = Self.reduce(table)
        self.palette = palette
        indices = [UInt8](unsafeUninitializedCapacity: raster.width * raster.height) { indices, count in
            var place = 0
            for run in runs {
                let next = place + Int(run.length)
                indices[place..<next].initialize(repeating: places[Int(run.number)])
                place = next
            }
            count = place
        }
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
