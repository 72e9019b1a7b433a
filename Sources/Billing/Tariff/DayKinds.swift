import Metering

/// A set of the fourteen kinds of day: seven weekdays, each a holiday or not.
package struct DayKinds: Hashable, Sendable {
    private let bits: UInt16

    private init(bits: UInt16) {
        self.bits = bits
    }

    package static let every = DayKinds(bits: 0x3FFF)
    private static let weekday = DayKinds(bits: 0x1F | 0x1F << 7)
    private static let names: [String: DayKinds] = [
        "every": every, "weekday": weekday, "weekend": DayKinds(bits: every.bits ^ weekday.bits),
        "holiday": DayKinds(bits: 0x3F80), "workday": DayKinds(bits: 0x1F),
    ]
    static let weekdayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    /// Every word of the file format.
    static let words = weekdayNames + ["weekday", "weekend", "holiday", "workday", "every"]

    /// - Parameter word: a weekday holds its holidays too, a `workday` is Monday to Friday without them.
    init?(word: String) {
        if let index = Self.weekdayNames.firstIndex(of: word) {
            bits = 1 << index | 1 << (index + 7)
        } else if let known = Self.names[word] {
            self = known
        } else {
            return nil
        }
    }

    /// 0 to 6 for Monday to Sunday, 7 to 13 for the same as holidays.
    static func kind(of day: LocalDate, isHoliday: Bool) -> Int {
        day.weekday + (isHoliday ? 7 : 0)
    }

    static let kindCount = 14

    func contains(_ kind: Int) -> Bool {
        bits & (1 << kind) != 0
    }

    func union(_ other: DayKinds) -> DayKinds {
        DayKinds(bits: bits | other.bits)
    }

    static let none = DayKinds(bits: 0)
}

extension DayKinds {
    /// The words of the file format that make the set, the fewest first; `Mon to Fri without holidays` is `workday`.
    var words: String {
        if let name = Self.names.first(where: { $0.value == self })?.key { return name }
        let whole = Self.weekdayNames.filter { name in DayKinds(word: name).map { union($0) == self } ?? false }
        return whole.isEmpty ? "some days" : whole.joined(separator: ", ")
    }
}
