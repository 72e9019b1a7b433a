import Analysis
import Importing

/// Scores each row of a series, in order.
enum ScoreBacktest {
    static func run(_ series: String, _ scores: String) throws {
        var table = try NamedColumns(path: series, names: ["timestamp", "value"])
        var file = try TextFile(path: scores)
        try file.write(line: "timestamp,anomaly_score")
        var score = SeriesScore()
        var last = 0.0
        while try table.next() {
            // A row without a value is told like the one before.
            let value = try table.number(1) ?? last
            last = value
            try file.write(line: "\(table.text(0)),\(text(score.next(value)))")
        }
        try file.flush()
    }

    /// With fifteen significant digits.
    private static func text(_ score: Double) -> String {
        guard score > 0 else { return "0" }
        var digits = 15
        var bound = 0.1
        while score < bound, digits < 18 {
            bound /= 10
            digits += 1
        }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        return "\((score * scale).rounded() / scale)"
    }
}
