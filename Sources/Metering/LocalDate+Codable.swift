/// As the number of days since 1970-01-01, so that whatever is read is a day of the calendar.
extension LocalDate: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(daysSince1970: try decoder.singleValueContainer().decode(Int.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(daysSince1970)
    }
}
