/// Count, mean and deviation of known values.
struct Moments {
    private(set) var count = 0
    private var sum = 0.0
    private var squares = 0.0

    init(_ values: some Sequence<Double>) {
        for value in values where !value.isNaN { add(value) }
    }

    mutating func add(_ value: Double) {
        count += 1
        sum += value
        squares += value * value
    }

    var mean: Double { sum / Double(max(count, 1)) }

    var deviation: Double {
        max(0, squares / Double(max(count, 1)) - mean * mean).squareRoot()
    }
}
