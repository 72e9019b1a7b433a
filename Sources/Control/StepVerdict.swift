/// How an order ended, and the watts that say so.
struct StepVerdict: Hashable, Sendable {
    let state: RelayOrder.State
    let before: Double?
    let after: Double?

    init(_ state: RelayOrder.State, before: Double? = nil, after: Double? = nil) {
        self.state = state
        self.before = before
        self.after = after
    }
}
