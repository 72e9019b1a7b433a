import Foundation

extension EnginePacket {
    /// What stands between the packets of one body of polling.
    private static let separator = "\u{1e}"

    /// Reads a packet as a text frame or a part of a body holds it; nil when it is none.
    package init?(text: Substring) {
        let rest = text.dropFirst()
        switch text.utf8.first {
        case UInt8(ascii: "0"): self = .open(String(rest))
        case UInt8(ascii: "1"): self = .close
        case UInt8(ascii: "2"): self = .ping(String(rest))
        case UInt8(ascii: "3"): self = .pong(String(rest))
        case UInt8(ascii: "4"): self = .message(.text(String(rest)))
        case UInt8(ascii: "5"): self = .upgrade
        case UInt8(ascii: "6"): self = .noop
        case UInt8(ascii: "b"):
            guard let bytes = Data(base64Encoded: String(rest)) else { return nil }
            self = .message(.binary([UInt8](bytes)))
        default: return nil
        }
    }

    /// The packet as text; binary messages, which a WebSocket sends as they are, in base 64.
    package var text: String {
        switch self {
        case .open(let handshake): "0" + handshake
        case .close: "1"
        case .ping(let word): "2" + word
        case .pong(let word): "3" + word
        case .message(.text(let text)): "4" + text
        case .message(.binary(let bytes)): "b" + Data(bytes).base64EncodedString()
        case .upgrade: "5"
        case .noop: "6"
        }
    }

    /// Reads the body of a POST; nil when any part of it is no packet.
    package static func packets(in body: String) -> [EnginePacket]? {
        var packets: [EnginePacket] = []
        for part in body.split(separator: separator, omittingEmptySubsequences: false) {
            guard let packet = EnginePacket(text: part) else { return nil }
            packets.append(packet)
        }
        return packets
    }

    /// The body that answers a GET with these packets.
    package static func body(of packets: [EnginePacket]) -> String {
        packets.map(\.text).joined(separator: separator)
    }
}
