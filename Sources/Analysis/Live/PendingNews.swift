/// What raised an alarm and is not learned before it has come back on three different days; then it is ordinary.
///
/// Else one event would hide the next, or a new kettle would alarm for ever.
struct PendingNews: Codable, Sendable {
    private var items: [Item] = []

    private struct Item: Codable, Sendable {
        var watts: Double
        var day: Int
        var days: Int
        var saidAt: Double
    }

    enum Verdict {
        /// Worth an alarm.
        case news
        /// The same was said shortly before.
        case known
        /// It has come back often enough; forgotten here, to be learned by the owner.
        case ordinary
    }

    private static let ordinaryDays = 3
    private static let most = 6
    /// Seconds in which the same is not said again.
    private static let coolDown = 43_200.0

    /// - Parameter isSame: whether watts taken before are of the same.
    mutating func take(_ watts: Double, at instant: Double, day: Int, isSame: (Double) -> Bool) -> Verdict {
        guard let place = items.firstIndex(where: { isSame($0.watts) }) else {
            if items.count == Self.most { items.removeFirst() }
            items.append(Item(watts: watts, day: day, days: 1, saidAt: instant))
            return .news
        }
        items[place].watts = max(items[place].watts, watts)
        if items[place].day != day {
            items[place].day = day
            items[place].days += 1
        }
        if items[place].days >= Self.ordinaryDays {
            items.remove(at: place)
            return .ordinary
        }
        guard instant - items[place].saidAt > Self.coolDown else { return .known }
        items[place].saidAt = instant
        return .news
    }
}
