import Foundation

/// What a device sent, as it was on the wire.
package struct DeviceRequest: Sendable {
    /// The request line and the header lines.
    package let head: [String]
    package let body: String

    init(_ text: String) throws {
        guard let end = text.range(of: "\r\n\r\n") else { throw ServerError(message: "a request without a head") }
        head = text[..<end.lowerBound].components(separatedBy: "\r\n")
        body = String(text[end.upperBound...])
    }

    package var reading: DeviceReading {
        get throws { try JSONDecoder().decode(DeviceReading.self, from: Data(body.utf8)) }
    }
}

/// The body that a device of ours posts; V, A, W and kWh. Nil is a null: what the sensor did not know.
package struct DeviceReading: Decodable, Sendable {
    package let voltage: Double?
    package let current: Double?
    package let power: Double?
    package let energy: Double
    package let relay1: Int
    package let relay2: Int
    package let seq: Int
    package let boot_id: Int
    package let uptime_ms: Int
    /// Of a relay that was open for a moment.
    package let pulse_id: Int?
    package let pulse_before: Double?
    package let pulse_open: Double?
}
