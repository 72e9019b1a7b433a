/// The last values of a kind, at most so many.
struct Trail<Value: Sendable & Codable>: Sendable, Codable {
    private(set) var values: [Value] = []
    private let most: Int

    init(_ most: Int) {
        self.most = most
    }

    mutating func add(_ value: Value) {
        if values.count == most { values.removeFirst() }
        values.append(value)
    }
}
