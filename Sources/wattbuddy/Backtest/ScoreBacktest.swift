enum ScoreBacktest {
    static func run(_ readings: String, _ events: String) throws {}
}
