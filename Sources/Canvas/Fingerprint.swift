import CCairo

/// Tells two drawings apart without drawing them: 128 bits, mixed word by word, against accidents and not against attacks.
package struct Fingerprint: Hashable, Sendable {
    private var left: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var right: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    /// Raised whenever the same marks give other pixels, or the pixels other bytes.
    private static let form: UInt64 = 1

    /// Begins with what every drawing depends on: how this program draws, and the library's version.
    package init() {
        mix(Self.form)
        mix(UInt64(cairo_version()))
    }

    package mutating func mix(_ word: UInt64) {
        left = (left ^ word) &* 0x0000_0100_0000_01B3
        left ^= left >> 29
        right = (right &+ word) &* 0xBF58_476D_1CE4_E5B9
        right ^= right >> 32
    }

    package mutating func mix(_ number: Double) {
        mix(number.bitPattern)
    }

    package mutating func mix(_ text: String) {
        mix(UInt64(text.utf8.count))
        for byte in text.utf8 { mix(UInt64(byte)) }
    }

    /// As a picture carries it.
    var bytes: [UInt8] {
        withUnsafeBytes(of: left.bigEndian, Array.init) + withUnsafeBytes(of: right.bigEndian, Array.init)
    }
}

extension Fingerprint {
    /// Whether a PNG of ``Canvas/png(carrying:)`` carries this one.
    package func isCarried(by png: some Collection<UInt8>) -> Bool {
        let chunk = PNGEncoder.fingerprint(self)
        return png.dropFirst(PNGEncoder.fingerprintPlace).prefix(chunk.count).elementsEqual(chunk)
    }
}
