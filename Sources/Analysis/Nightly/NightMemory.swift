import Foundation
import Metering

/// All that a night must know of the nights before it, however long the history is.
struct NightMemory: Sendable, Codable {
    var today: WatchedDay?
    var yesterday: WatchedDay?
    var lastEnd: Date?
    var lastGap: Date?
    var repeats = RepeatCheck()
    var register = RegisterCheck()
    var supply = SupplyCheck()
    var days = DayCheck()
    var leftOn = LeftOnCheck()
    var nightBase = NightBaseCheck()
    /// Mean watts of the last days.
    var means = Trail<Double>(42)
    /// Their median; nil in the first two weeks.
    var usual: Double?
    /// What was found since the last night.
    var found: [NightFinding] = []
    var months = MonthlyBudget()
    var book = EvidenceBook()
}
