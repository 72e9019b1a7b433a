enum NightlyBacktest {
    static func run(_ readings: String, _ events: String) throws {}
}
