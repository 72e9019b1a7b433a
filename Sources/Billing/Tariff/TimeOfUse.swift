package import Metering

/// The hours of the week that have a price of their own.
package struct TimeOfUse: Hashable, Sendable {
    /// Some hours of some days, by name; a name may have several.
    package struct Window: Hashable, Sendable {
        package let name: String
        /// Minutes of the day; one that goes over midnight stands here as two.
        package let minutes: [Range<Int>]
        package let days: DayKinds
        /// 1 to 12.
        package let months: Set<Int>
    }

    /// The period of every hour that no window holds; nil when they hold the whole week.
    package let fallback: String?
    package let windows: [Window]
    package let holidays: [Holiday]
    /// Whether a bill can be made when the meter does not tell the periods: factors then do not apply.
    package let isOptional: Bool
    /// The yes-or-no input by which a household tells that the utility's meter has these periods; nil where every meter has.
    package let input: String?

    /// Whether hours that we know ourselves may be billed by these periods.
    func appliesToHours(of account: Account) -> Bool {
        guard let input else { return !isOptional }
        return account.inputs[input] == "true"
    }

    /// Every period's name, in the order of the file.
    package var names: [String] {
        var names: [String] = []
        for name in windows.map(\.name) + (fallback.map { [$0] } ?? []) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// The period that holds a minute of a day; nil where the file leaves a hole.
    package func period(on day: LocalDate, minute: Int) -> String? {
        let kind = DayKinds.kind(of: day, isHoliday: holidays.contains { $0.isKept(on: day) })
        return period(kind: kind, month: day.month, minute: minute)
    }

    func period(kind: Int, month: Int, minute: Int) -> String? {
        windows.first { window in
            window.days.contains(kind) && window.months.contains(month)
                && window.minutes.contains { $0.contains(minute) }
        }?.name ?? fallback
    }
}
