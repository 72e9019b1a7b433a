/// The loads that were switched on and not off again, as far as steps of power tell.
struct ActiveLoads: Codable, Sendable {
    struct Load: Codable, Sendable {
        let size: Double
        let at: Double
        let odds: SocketOdds
        let isNovel: Bool
    }

    private(set) var loads: [Load] = []

    private static let most = 8

    mutating func add(_ load: Load) {
        if loads.count == Self.most { loads.removeFirst() }
        loads.append(load)
    }

    /// Takes away the load that a step down is likeliest to be.
    mutating func remove(_ size: Double) {
        let fits = loads.indices.map { (index: $0, error: abs(loads[$0].size - size) / size) }
        if let best = fits.min(by: { $0.error < $1.error }), best.error < 0.25 { loads.remove(at: best.index) }
    }

    /// Takes away what hung on a socket that was switched off.
    mutating func remove(socket: Int) {
        loads.removeAll { $0.odds.of(socket) > 0.6 }
    }

    /// Takes away what can no longer run at `power`.
    mutating func keep(within power: Double) {
        loads.removeAll { $0.size > power * 1.1 + 30 }
    }

    /// The load that was switched on nearest to `instant`, at most `seconds` away.
    func load(begunAt instant: Double, within seconds: Double) -> Load? {
        loads.filter { abs($0.at - instant) <= seconds }.min { abs($0.at - instant) < abs($1.at - instant) }
    }
}
