/// What lies beyond the usual, and how far.
struct Excess: Equatable, Sendable {
    let score: Double
    let observed: Double
    let usual: Double
}
