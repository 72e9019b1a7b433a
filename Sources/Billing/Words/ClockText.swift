/// `18:00` for a minute of the day.
func clockText(minute: Int) -> String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return padded(minute / 60) + ":" + padded(minute % 60)
}
