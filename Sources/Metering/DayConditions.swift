/// What is known of a day besides what was used on it: the weather outside, and whether it was a public holiday.
package struct DayConditions: Hashable, Sendable {
    package let day: LocalDate
    /// The mean outside, in degrees Celsius; nil where it is not known.
    package let temperature: Double?
    package let isHoliday: Bool

    package init(day: LocalDate, temperature: Double?, isHoliday: Bool) {
        self.day = day
        self.temperature = temperature
        self.isHoliday = isHoliday
    }
}
