import Deployment
import Foundation
import Importing
import Metering

/// The one meter of a file of readings that is asked for.
struct RegisterFile {
    let path: String
    let zone: TimeZone
    /// Nil where the file has one main meter only.
    let meter: String?

    /// Reads the file whole; lines with a fault are told on standard error and left out.
    ///
    /// - Throws: ``ImportError`` when the file has no reading, or several meters to choose from.
    func read() throws -> RegisterHistory {
        var source = try ReadingFile(path: path, options: ReadingFile.Options(household: "", zone: zone))
        let survey = try source.survey { _ in }
        for fault in survey.faults.descriptions { Console.error("\(path): \(fault)") }
        if survey.faults.count > 0 {
            Console.error("\(path): \(survey.faults.count) of \(survey.lineCount) lines have a fault and are left out")
        }
        for note in survey.notes { Console.note("\(path): \(note)") }
        var tracks: [String: [Reading]] = [:]
        var mains: Set<String> = []
        while let batch = try source.nextBatch(progress: { _ in }) {
            for piece in batch {
                let name = piece.household.isEmpty ? piece.meter : "\(piece.household) \(piece.meter)"
                if piece.role == .main { mains.insert(name) }
                tracks[name, default: []] += piece.readings
            }
        }
        return RegisterHistory(try choose(from: tracks, mains))
    }

    private func choose(from tracks: [String: [Reading]], _ mains: Set<String>) throws -> [Reading] {
        guard !tracks.isEmpty else { throw ImportError(.readings, "\(path) has no reading that can be used") }
        let names = tracks.keys.sorted().joined(separator: ", ")
        if let meter {
            guard let track = tracks[meter] else {
                throw ImportError(.meter, "\(path) has no meter '\(meter)'; it has: \(names)")
            }
            return track
        }
        let candidates = mains.isEmpty ? Set(tracks.keys) : mains
        guard candidates.count == 1, let only = candidates.first, let track = tracks[only] else {
            throw ImportError(.meter, "\(path) has several meters; choose one with --meter: \(names)")
        }
        return track
    }
}
