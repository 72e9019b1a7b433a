import Metering

extension Recording {
    /// Readings of zero, of a part of the register, or of far more; they last for one to three readings.
    mutating func glitch() {
        let start = place()
        let length = random.number(in: 1...3)
        let sort = random.number(in: 0...3)
        let fraction = random.share() * 0.9
        for index in start..<min(start + length, steps.count - 8) {
            let register = steps[index].register
            switch sort {
            case 0, 1: steps[index].register = 0
            case 2: steps[index].register = Int64(Double(register) * fraction)
            default:
                steps[index].register =
                    register + Int64(random.number(in: 20...4000)) * 50_000 * Int64(cadence) / 60 + 10_000_000
            }
        }
    }

    /// A single reading that is more than the breaker allows.
    mutating func spike() {
        let start = place()
        let excess = Int64(1 + random.number(in: 1...50)) * 100_000_000 * Int64(max(60, cadence)) / 60
        for index in start..<start + random.number(in: 1...2) { steps[index].register += excess }
    }

    /// The device restarts within a step and begins at zero.
    mutating func reset(at index: Int) {
        let step = steps[index].register - steps[index - 1].register
        let seen = Int64(Double(step) * (0.5 + random.share() / 2))
        shift(from: index, by: seen - steps[index].register)
        restart(at: index)
    }

    /// Where the power will be cut; decided before anything is counted.
    mutating func cutPower() -> Range<Int> {
        let start = place()
        let cut = start..<min(steps.count - 12, start + steps(minutes: random.number(in: 3...40)))
        for index in cut {
            steps[index].milliwatts = 0
            steps[index].isSent = false
        }
        return cut
    }

    /// After a cut the device begins with what its flash held, up to a minute old.
    mutating func rollBack(after cut: Range<Int>) {
        let index = cut.upperBound
        guard index < steps.count, !cut.isEmpty else { return }
        let lost =
            steps[cut.lowerBound - 1].milliwatts * Int64(random.number(in: 1...60)) * 1000 / Self.flowPerMilliwattHour
        shift(from: index, by: -lost)
        restart(at: index)
    }

    /// The register hangs while power flows; it catches up or never does.
    mutating func stall() {
        let start = place()
        let end = min(steps.count - 8, start + steps(minutes: random.number(in: 40...240)))
        let held = steps[start].register
        let lost = steps[end - 1].register - held
        for index in start..<end { steps[index].register = held }
        if random.happens(0.5) { shift(from: end, by: -lost) }
    }

    mutating func loseNetwork() {
        let start = place()
        let end = min(steps.count - 8, start + steps(minutes: random.number(in: 20...400)))
        for index in start..<max(start, end) { steps[index].isSent = false }
    }

    /// Another meter from here on; the change takes some minutes.
    mutating func replace() {
        let index = place()
        for lost in index..<min(steps.count - 12, index + steps(minutes: 2)) { steps[lost].isSent = false }
        let isHigher = random.happens(0.5)
        let jump = Int64(random.number(in: 2000...9000)) * Energy.perKilowattHour
        shift(
            from: index,
            by: isHigher ? jump : -min(jump, steps[index].register - Int64(random.number(in: 400...900)) * 1_000_000))
        restart(at: index)
    }

    /// The device's clock is wrong for a while.
    mutating func setClockWrong() {
        let start = place()
        let end = min(steps.count - 8, start + steps(minutes: random.number(in: 5...40)))
        let error = Int64(random.number(in: 41...120)) * 60_000_000 * (random.happens(0.5) ? 1 : -1)
        for index in start..<end { steps[index].clockError = error }
    }

    mutating func makeCoarse(_ resolution: Int64) {
        for index in steps.indices { steps[index].register -= steps[index].register % resolution }
    }

    /// The register is a sum in single precision: what is less than half its step is lost.
    mutating func countInSinglePrecision() {
        var sum = Float(Double(steps[0].register) / 1e6)
        for index in steps.indices {
            if index > 0 { sum += Float(Double(steps[index].milliwatts) * Double(cadence) / 3.6e9) }
            steps[index].register = Int64((Double(sum) * 1e6).rounded())
        }
    }

    mutating func rollOver(at modulus: Int64) {
        for index in steps.indices { steps[index].register %= modulus }
    }
}
