/// What the power said while one relay was open.
package enum ProbeAnswer: String, CaseIterable, Sendable {
    /// It fell: the load hangs on the socket that was tried.
    case here
    /// It stayed: the load hangs on the other one.
    case there
    /// Both sockets draw too much to tell.
    case both
    /// It moved by itself meanwhile.
    case moved
    /// No reading told.
    case lost

    /// How sure it is; nil when it leaves the doubt as it was. A power that falls just then and comes back is no accident;
    /// one that stays may also flow past both relays.
    package var probability: Double? {
        switch self {
        case .here: 0.98
        case .there: 0.95
        case .both, .moved, .lost: nil
        }
    }
}
