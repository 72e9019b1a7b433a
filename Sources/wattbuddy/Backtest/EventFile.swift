import Analysis
import Foundation

/// What a backtest found, one line an event.
struct EventFile: ~Copyable {
    private var file: TextFile

    init(path: String) throws {
        var file = try TextFile(path: path)
        try file.write(line: "device,kind,start,end,socket,probability,score")
        self.file = file
    }

    mutating func write(
        device: String, kind: String, start: Date, end: Date? = nil, socket: String, probability: Double?, score: Double
    ) throws {
        let fields = [
            device, kind, WallStamp.text(start), end.map(WallStamp.text) ?? "", socket,
            probability.map(Self.text) ?? "",
            Self.text(score),
        ]
        try file.write(line: fields.joined(separator: ","))
    }

    mutating func flush() throws {
        try file.flush()
    }

    private static func text(_ number: Double) -> String {
        "\((number * 1e6).rounded() / 1e6)"
    }
}
