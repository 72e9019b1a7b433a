import Foundation

/// The most power ever held under each pair of relay states, and what is more than that.
///
/// What was held with fewer sockets on counts as held for more of them, never the other way round.
struct PowerRecords: Codable, Sendable {
    private var most: [Double] = [0, 0, 0, 0]
    private var pending = (0..<4).map { _ in PendingNews() }
    private var below = 0
    private(set) var openSince: Double?

    private static let ratio = 1.15
    private static let margin = 40.0
    /// Readings below the limit that end an alarm.
    private static let overAfter = 3
    /// Watts; a smaller record is taken as this for the score.
    private static let leastRecord = 50.0

    private func record(_ state: Int) -> Double {
        (0..<4).reduce(0) { $1 & state == $1 ? max($0, most[$1]) : $0 }
    }

    /// Whether so many watts are news against a record.
    static func isBroken(_ record: Double, by watts: Double) -> Bool { watts > limit(record) }

    private static func limit(_ watts: Double) -> Double { watts * ratio + margin }

    /// - Parameter held: the least of the last readings; nil until there are enough.
    /// - Returns: by how much the record is broken, when that begins. While learning each record counts at once.
    mutating func take(_ held: Double?, power: Double, state: Int, _ moment: LiveMoment) -> Excess? {
        let record = record(state)
        below = power <= Self.limit(record) ? below + 1 : 0
        if below >= Self.overAfter { openSince = nil }
        guard let held, held > most[state] else { return nil }
        guard held > Self.limit(record) else {
            most[state] = held
            return nil
        }
        if moment.isLearning {
            most[state] = held
        } else if !isNews(held, state, moment) {
            return nil
        }
        return Excess(score: 1 + 3 * log(held / max(record, Self.leastRecord)), observed: held, usual: record)
    }

    private mutating func isNews(_ held: Double, _ state: Int, _ moment: LiveMoment) -> Bool {
        let verdict = pending[state].take(held, at: moment.at, day: moment.day) { held <= Self.limit($0) }
        if verdict == .ordinary { most[state] = max(most[state], held) }
        guard verdict == .news, openSince == nil else { return false }
        openSince = moment.at
        return true
    }
}
