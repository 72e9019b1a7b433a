package import Foundation
package import Metering

/// An upload and when it was taken.
package struct PlacedUpload: Sendable {
    package let upload: ReadingUpload
    package let at: Date
    /// Whether the same came before: it keeps its instant and is stored again without effect.
    package let isRepeat: Bool
}

/// Decides when a device's readings were taken: by its own clock, by its uptime, else by their arrival.
package struct Placement: Sendable {
    private var clock: BootClock
    private var recent = RecentReadings()

    /// Seconds that a device's own clock may run ahead of ours.
    package static let tolerance = 120.0

    /// - Parameter stored: the newest stored readings of the device, in any order.
    package init(resuming stored: [Reading]) {
        clock = stored.max { $0.at < $1.at }.map(BootClock.init(resuming:)) ?? BootClock()
        for reading in stored { recent.note(reading) }
    }

    /// The uploads of one request in order of time.
    ///
    /// - Throws: ``IngestError`` when an instant cannot be found or lies in the future; then nothing of the request may be used.
    package mutating func place(_ uploads: [ReadingUpload], arrival: Date) throws -> [PlacedUpload] {
        var placing = self
        let lastUptimes = Dictionary(
            uploads.map { ($0.bootID, $0.uptime ?? 0) }, uniquingKeysWith: { max($0, $1) })
        let newest = uploads.last?.bootID
        let ordered = uploads.filter { $0.bootID == newest } + uploads.filter { $0.bootID != newest }
        let placed = try ordered.map { upload in
            try placing.place(
                upload, arrival: arrival, isAlone: uploads.count == 1, isOfOlderRun: upload.bootID != newest,
                lastUptime: lastUptimes[upload.bootID] ?? 0)
        }
        self = placing
        return placed.sorted { $0.at < $1.at }
    }

    private mutating func place(
        _ upload: ReadingUpload, arrival: Date, isAlone: Bool, isOfOlderRun: Bool, lastUptime: Int64
    ) throws -> PlacedUpload {
        if let at = recent.instant(of: upload) { return PlacedUpload(upload: upload, at: at, isRepeat: true) }
        let at = try instant(of: upload, arrival, isAlone, isOfOlderRun, lastUptime)
        recent.note(upload, at: at)
        return PlacedUpload(upload: upload, at: at, isRepeat: false)
    }

    private mutating func instant(
        of upload: ReadingUpload, _ arrival: Date, _ isAlone: Bool, _ isOfOlderRun: Bool, _ lastUptime: Int64
    ) throws -> Date {
        if let at = upload.at {
            guard at.timeIntervalSince(arrival) <= Self.tolerance else {
                throw IngestError(.invalid, field: "at", "the reading is from the future: the device's clock is wrong")
            }
            return Date(microseconds: at.microseconds)
        }
        guard let uptime = upload.uptime else {
            guard isAlone else {
                throw IngestError(.missing, field: "at", "several readings at once need at or uptime_ms each")
            }
            return Date(milliseconds: arrival)
        }
        if isAlone && upload.isUptimeCoarse { return Date(milliseconds: arrival) }
        // A run that is over ended at the latest when the next began.
        let isForgotten = isOfOlderRun && !clock.knows(upload.bootID)
        return clock.place(
            uptime: uptime, bootID: upload.bootID, arrival: isForgotten ? clock.startOfNewest ?? arrival : arrival,
            before: lastUptime - uptime)
    }
}
