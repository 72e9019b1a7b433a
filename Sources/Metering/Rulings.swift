/// The rulings of people, in order of time, while a repair goes by them.
struct Rulings: Sendable {
    private struct Span: Sendable {
        let start: Int64
        let end: Int64
        let ruling: Correction.Ruling
    }

    private var spans: ArraySlice<Span>
    /// No ruling concerns readings before this instant.
    private(set) var next: Int64

    /// Where periods overlap, the one decided last counts for the readings that both hold.
    init(_ corrections: [Correction]) {
        spans =
            corrections.sorted { ($0.period.lowerBound, $1.decidedAt) < ($1.period.lowerBound, $0.decidedAt) }
            .compactMap { correction -> Span? in
                guard case .ruling(let ruling) = correction.change else { return nil }
                return Span(
                    start: correction.period.lowerBound.microseconds, end: correction.period.upperBound.microseconds,
                    ruling: ruling)
            }[...]
        next = spans.first?.start ?? .max
    }

    /// What was ruled about a reading of this instant; instants are asked for in order.
    mutating func ruling(at instant: Int64) -> Correction.Ruling? {
        while let first = spans.first, first.end <= instant { use() }
        guard let first = spans.first, first.start <= instant else { return nil }
        return first.ruling
    }

    /// The ruling in hand has done what it was for.
    mutating func use() {
        spans = spans.dropFirst()
        next = spans.first?.start ?? .max
    }
}
