/// What stands before a packet's payload, and how many attachments follow it.
struct SocketPacketHead: Sendable {
    /// Packets with more are refused.
    private static let maximumAttachments = 10

    let type: UInt8
    let attachments: Int
    let namespace: String
    let ack: Int?
    let payload: Substring

    init(_ text: String) throws(SocketFault) {
        guard let type = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "6")).contains(type) else {
            throw .unknownType
        }
        self.type = type
        var rest = text.dropFirst()
        attachments = try Self.isBinary(type) ? Self.takeCount(from: &rest) : 0
        namespace = Self.takeNamespace(from: &rest)
        ack = try Self.takeAck(from: &rest)
        payload = rest
    }

    private static func isBinary(_ type: UInt8) -> Bool {
        type == UInt8(ascii: "5") || type == UInt8(ascii: "6")
    }

    private static func takeCount(from rest: inout Substring) throws(SocketFault) -> Int {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        guard let count = Int(digits), rest.first == "-" else { throw .wrongCount }
        guard count <= maximumAttachments else { throw .tooManyAttachments }
        rest = rest.dropFirst()
        return count
    }

    private static func takeNamespace(from rest: inout Substring) -> String {
        guard rest.first == "/" else { return "/" }
        let namespace = rest.prefix { $0 != "," }
        rest = rest.dropFirst(namespace.count + 1)
        return String(namespace)
    }

    private static func takeAck(from rest: inout Substring) throws(SocketFault) -> Int? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        guard let ack = Int(digits) else { throw .wrongCount }
        rest = rest.dropFirst(digits.count)
        return ack
    }
}
