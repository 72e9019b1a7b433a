/// The points of a repaired register while they are found; the last few can still be taken back.
struct RepairedTrack: Sendable {
    private(set) var points: [RepairedPoint] = []
    /// The first point of the register that counts now.
    private var segmentStart = 0

    /// Points that can be taken back.
    static let revocable = 8

    var isEmpty: Bool { points.isEmpty }
    private(set) var cumulative: Int64 = 0

    mutating func reserve(_ count: Int) {
        points.reserveCapacity(count)
    }

    @inline(__always)
    mutating func append(at instant: Int64, _ energy: Int64, _ quality: Quality = .measured, isObserved: Bool = true) {
        cumulative += energy
        points.append(RepairedPoint(at: instant, cumulative, quality: quality, isObserved: isObserved))
    }

    /// Notes that the register begins from another figure at the last point.
    mutating func beginSegment() {
        segmentStart = points.count - 1
    }

    /// The last points that belong to the register that counts now, at most ``revocable``.
    var tail: ArraySlice<RepairedPoint> {
        points[max(0, segmentStart, points.count - Self.revocable)...]
    }

    /// Goes back to the point at `index`, as if nothing had come after it.
    mutating func takeBack(to index: Int) {
        points.removeSubrange((index + 1)...)
        cumulative = points[index].milliwattHours
    }

    /// Hands out the points that are decided.
    mutating func take(all: Bool) -> [RepairedPoint] {
        let kept = all ? 0 : min(points.count, Self.revocable)
        let count = points.count - kept
        guard count > 0 else { return [] }
        if all {
            defer { points = [] }
            return points
        }
        let taken = Array(points.prefix(count))
        points.removeFirst(count)
        segmentStart = max(0, segmentStart - count)
        return taken
    }
}
