/// Small, seeded, the same on every machine (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SeededGenerator {
    /// 0 up to 1.
    mutating func share() -> Double {
        Double(next() >> 11) / Double(1 << 53)
    }

    /// About normal with mean 0 and deviation 1: twelve even shares less six (central limit theorem).
    mutating func noise() -> Double {
        (0..<4).reduce(0) { sum, _ in
            let bits = next()
            return sum + Double(bits & 0x1F_FFFF) + Double(bits >> 21 & 0x1F_FFFF) + Double(bits >> 42 & 0x1F_FFFF)
        } / Double(1 << 21) - 6
    }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(share() * Double(range.count))
    }

    mutating func happens(_ probability: Double) -> Bool {
        share() < probability
    }
}
