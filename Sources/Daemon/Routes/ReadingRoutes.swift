import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Secrets

/// Where devices bring their readings.
struct ReadingRoutes: Sendable {
    let premises: Premises

    /// Bytes of one body: a day of readings of a device that was cut off.
    private static let longestBody = 8 << 20

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "/v1/readings", audience: .device,
                summary: "Readings of a device: one, an array of them, or one a line (NDJSON).", body: Self.body,
                answer: Self.answer, handle: take),
            Endpoint(
                method: .post, path: "/api/esp32/data", audience: premises.settings.isLegacy ? .legacy : .device,
                summary: "Readings of a device, as the original took them.", body: Self.body, answer: Self.answer,
                handle: take),
        ]
    }

    private func take(_ call: Call) async throws -> Response {
        let slot: DeviceSlot
        do { slot = try await premises.doorkeeper.device(call.request) } catch let refusal as Refusal {
            premises.metrics.count(premises.metrics.unknown)
            throw refusal
        }
        do {
            let uploads = try UploadReader.readings(in: try await call.bytes(upTo: Self.longestBody))
            return try await premises.intake.take(uploads, from: slot).response
        } catch let error as IngestError {
            if error.kind == .full {
                premises.metrics.count(premises.metrics.busy)
            } else {
                premises.metrics.count(premises.metrics.refused)
            }
            throw error
        }
    }

    private static let relay = Shape.oneOf([.integer(0...1), .boolean, .choice(["on", "off"])])

    private static let reading = Shape.object(
        [
            ("energy", .nullable(.number(0...1_000_000_000))),
            ("register_mwh", .nullable(.integer(0...1_000_000_000_000_000))),
            ("power", .nullable(.number(-1_000_000...1_000_000))), ("voltage", .nullable(.number(0...1000))),
            ("current", .nullable(.number(0...5000))), ("relay1", relay), ("relay2", relay),
            ("seq", .nullable(.integer(0...Int.max))), ("boot_id", .nullable(.integer(0...0xFFFF_FFFF))),
            ("uptime_ms", .nullable(.integer(0...3_155_760_000_000))),
            ("at", .nullable(.oneOf([.text, .integer(946_684_800...32_503_680_000_000)]))), ("meter", .nullable(.text)),
            ("pulse_ms", .nullable(.integer(0...60_000))), ("pulse_id", .nullable(.integer(0...Int.max))),
            ("pulse_before", .nullable(.number(-1_000_000...1_000_000))),
            ("pulse_open", .nullable(.number(-1_000_000...1_000_000))),
        ],
        optional: [
            "energy", "register_mwh", "power", "voltage", "current", "relay1", "relay2", "seq", "boot_id", "uptime_ms",
            "at", "meter", "pulse_ms", "pulse_id", "pulse_before", "pulse_open",
        ])

    private static let body = Shape.oneOf([reading, .list(reading)])

    private static let answer = Shape.object(
        [
            ("success", .boolean), ("dbWrite", .boolean), ("stored", .integer()), ("received", .integer()),
            (
                "data",
                .object([("timestamp", .text), ("energy", .nullable(.number())), ("power", .nullable(.number()))])
            ),
            ("relays", .object([("relay1", .boolean), ("relay2", .boolean)], optional: ["relay1", "relay2"])),
            (
                "pulse",
                .object([
                    ("id", .integer()), ("relay", .integer(1...2)), ("open_ms", .integer(1...60_000)),
                    ("below_a", .number()),
                ])
            ),
        ], optional: ["data", "relays", "pulse"])
}
