/// The most power ever held under each pair of relay states, and what is more than that.
///
/// What was held with fewer sockets on counts as held for more of them, never the other way round. What raised an alarm is not
/// learned until it has come back on three different days; then it is ordinary.
struct PowerRecords: Codable, Sendable {
    private var most: [Double] = [0, 0, 0, 0]
    private var pending: [Pending] = []
    private(set) var openSince: Double?
    private var below = 0

    private struct Pending: Codable, Sendable {
        let state: Int
        var watts: Double
        var day: Int
        var days: Int
        var alarmed: Double
    }

    private static let ratio = 1.15
    private static let margin = 40.0
    private static let ordinaryDays = 3
    private static let mostPending = 6
    /// Seconds in which the same is not said again.
    private static let coolDown = 43_200.0

    func record(_ state: Int) -> Double {
        (0..<4).reduce(0) { $1 & state == $1 ? max($0, most[$1]) : $0 }
    }

    private static func limit(_ watts: Double) -> Double { watts * ratio + margin }

    mutating func take(_ held: Double?, power: Double, state: Int, at instant: Double, day: Int, isLearning: Bool) -> Excess?
    {
        let record = record(state)
        if power <= Self.limit(record) {
            below += 1
            if below >= 3 { openSince = nil }
        } else {
            below = 0
        }
        guard let held else { return nil }
        guard held > Self.limit(record) else {
            if held > most[state] { most[state] = held }
            return nil
        }
        if isLearning {
            most[state] = held
            return nil
        }
        return judge(held, state, record, at: instant, day)
    }

    private mutating func judge(_ held: Double, _ state: Int, _ record: Double, at instant: Double, _ day: Int) -> Excess?
    {
        if let place = pending.firstIndex(where: { $0.state == state && held <= Self.limit($0.watts) }) {
            pending[place].watts = max(pending[place].watts, held)
            if day != pending[place].day {
                pending[place].day = day
                pending[place].days += 1
                if pending[place].days >= Self.ordinaryDays {
                    most[state] = max(most[state], pending.remove(at: place).watts)
                    openSince = nil
                    return nil
                }
            }
            guard openSince == nil, instant - pending[place].alarmed > Self.coolDown else { return nil }
            pending[place].alarmed = instant
        } else {
            if pending.count == Self.mostPending { pending.removeFirst() }
            pending.append(Pending(state: state, watts: held, day: day, days: 1, alarmed: instant))
            if openSince != nil { return nil }
        }
        openSince = instant
        return Excess(score: held / max(record, 50) - 1, observed: held, usual: record)
    }
}
