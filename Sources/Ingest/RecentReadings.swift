import Foundation
import Metering

/// The last readings of a device by their content, so that one sent twice is known again and keeps its instant.
///
/// Only readings that carry a number are remembered. A device that counts on an answer sends new figures under the old number
/// when the answer was lost: the number alone says nothing.
struct RecentReadings: Sendable {
    private var marks: [Mark] = []
    private var next = 0
    private static let most = 8

    private struct Mark: Sendable {
        let content: Content
        let at: Date
    }

    private struct Content: Hashable, Sendable {
        let bootID: Int32?
        let sequence: Int64
        let register: Energy?
        let power: Float?
        let voltage: Float?
        let current: Float?
        let uptimeSeconds: Int64?
    }

    /// When the same reading was taken as it came before; nil for a new one.
    func instant(of upload: ReadingUpload) -> Date? {
        guard let content = Self.content(upload) else { return nil }
        return marks.first { $0.content == content }?.at
    }

    mutating func note(_ upload: ReadingUpload, at instant: Date) {
        guard let content = Self.content(upload) else { return }
        note(Mark(content: content, at: instant))
    }

    mutating func note(_ stored: Reading) {
        guard let sequence = stored.sequence else { return }
        note(
            Mark(
                content: Content(
                    bootID: stored.bootID, sequence: sequence, register: stored.register, power: stored.power,
                    voltage: stored.voltage, current: stored.current, uptimeSeconds: stored.uptime.map(Int64.init)),
                at: stored.at))
    }

    private mutating func note(_ mark: Mark) {
        if marks.count < Self.most { marks.append(mark) } else { marks[next] = mark }
        next = (next + 1) % Self.most
    }

    private static func content(_ upload: ReadingUpload) -> Content? {
        upload.sequence.map {
            Content(
                bootID: upload.bootID, sequence: $0, register: upload.register, power: upload.power,
                voltage: upload.voltage, current: upload.current, uptimeSeconds: upload.uptime.map { $0 / 1000 })
        }
    }
}
