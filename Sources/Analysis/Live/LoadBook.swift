import Foundation

/// The sizes of loads this device has seen switched on, on how many days, and at which socket where that was plain to see.
struct LoadBook: Codable, Sendable {
    /// On how many days a load of each size was switched on.
    private var days = CountTable(count: LevelScale.load.count)
    private var lastDay = CountTable(count: LevelScale.load.count)
    /// How often it was plain that a load of the size hung on a socket.
    private var seenAt = [CountTable(count: LevelScale.load.count), CountTable(count: LevelScale.load.count)]
    private var pending = PendingNews()

    /// Learns a load that was switched on.
    mutating func learn(_ size: Double, day: Int, socket: Int?) {
        let level = LevelScale.load.level(size)
        if lastDay[level] != day {
            lastDay[level] = day
            if days[level] < Self.most { days[level] += 1 }
        }
        if let socket { witness(size, socket: socket) }
    }

    /// Learns that a load of the size hangs on a socket.
    mutating func witness(_ size: Double, socket: Int) {
        seenAt[socket][LevelScale.load.level(size)] += 1
        guard seenAt[socket][LevelScale.load.level(size)] > Self.most else { return }
        for socket in seenAt.indices { seenAt[socket].halve() }
    }

    /// Whether no load of about this size was ever switched on.
    func isNovel(_ size: Double) -> Bool {
        days.sum(LevelScale.load.levels(near: size)) == 0
    }

    /// Takes a novel load.
    ///
    /// - Returns: whether it should raise an alarm: not when the same did shortly before, nor when it has become ordinary.
    mutating func isNews(_ size: Double, _ moment: LiveMoment, socket: Int?) -> Bool {
        let near = LevelScale.load.levels(near: size)
        switch pending.take(size, at: moment.at, day: moment.day, isSame: { near.contains(LevelScale.load.level($0)) })
        {
        case .news: return true
        case .known: return false
        case .ordinary:
            learn(size, day: moment.day, socket: socket)
            return false
        }
    }

    /// New sizes to be expected a day after so many days, by those that came on one day only (I. J. Good, "The population
    /// frequencies of species and the estimation of population parameters", Biometrika 40, 1953).
    func noveltyRate(after count: Int) -> Double {
        Double(days.ones) / Double(max(1, count))
    }

    /// The greatest load that was plain to see at a socket, in watts.
    func largest(at socket: Int) -> Double {
        seenAt[socket].last.map(LevelScale.load.watts) ?? 0
    }

    /// Which socket a load that was switched on hangs on, by those of its size.
    ///
    /// A new load that would be no news for one socket is likelier to be the news that it is for the other.
    func odds(of size: Double) -> SocketOdds {
        let near = LevelScale.load.levels(near: size)
        let seen = seenAt.map { Double($0.sum(near)) + Self.doubt }
        let isNovel = isNovel(size)
        let weights = (0..<2).map {
            !isNovel || PowerRecords.isBroken(largest(at: $0), by: size) ? seen[$0] : seen[$0] * Self.noNews
        }
        return SocketOdds(first: weights[0] / (weights[0] + weights[1]))
    }

    private static let doubt = 0.5
    /// Counts stay below this, so that they take little room.
    private static let most = 120
    private static let noNews = 0.35
}
