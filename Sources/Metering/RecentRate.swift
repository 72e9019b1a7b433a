/// How fast a register moved of late: sums in which each reading counts for less as others follow.
struct RecentRate: Sendable {
    private var energy: Int64 = 0
    private var time: Int64 = 0

    mutating func add(_ step: Int64, over elapsed: Int64) {
        energy &+= step &- energy >> 4
        time &+= elapsed &- time >> 4
    }

    /// Milliwatt-hours for each microsecond; nil before the first step.
    var value: Double? {
        time > 0 ? Double(energy) / Double(time) : nil
    }
}
