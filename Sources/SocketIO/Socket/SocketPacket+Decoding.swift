extension SocketPacket {
    /// Reads a packet of which all attachments have come.
    init(_ head: SocketPacketHead, attachments: [[UInt8]]) throws(SocketFault) {
        switch head.type {
        case UInt8(ascii: "0"): self.init(.connect(try Self.object(head.payload)), in: head.namespace)
        case UInt8(ascii: "1"):
            guard head.payload.isEmpty else { throw .wrongPayload }
            self.init(.disconnect, in: head.namespace)
        case UInt8(ascii: "2"), UInt8(ascii: "5"):
            self.init(.event(try Self.event(head.payload, attachments), ack: head.ack), in: head.namespace)
        case UInt8(ascii: "3"), UInt8(ascii: "6"):
            guard let id = head.ack else { throw .wrongPayload }
            let arguments = SocketArguments(try Self.elements(head.payload), attachments: attachments)
            self.init(.ack(arguments, id: id), in: head.namespace)
        default: throw .unknownType
        }
    }

    private static func object(_ payload: Substring) throws(SocketFault) -> JSONText? {
        guard !payload.isEmpty else { return nil }
        guard let json = JSONText(payload), json.isObject else { throw .wrongPayload }
        return json
    }

    private static func elements(_ payload: Substring) throws(SocketFault) -> [JSONText] {
        var scanner = JSONScanner(payload)
        guard let elements = scanner.elements() else { throw .wrongPayload }
        return elements.map(JSONText.init(unchecked:))
    }

    private static func event(_ payload: Substring, _ attachments: [[UInt8]]) throws(SocketFault) -> SocketEvent {
        let values = try elements(payload)
        guard let first = values.first, let name = Self.name(first), !SocketEvent.reserved.contains(name) else {
            throw .wrongPayload
        }
        return SocketEvent(name, SocketArguments(Array(values.dropFirst()), attachments: attachments))
    }

    private static func name(_ json: JSONText) -> String? {
        guard json.text.first == "\"" else { return nil }
        guard json.text.contains("\\") else { return String(json.text.dropFirst().dropLast()) }
        do { return try json.decode(String.self) } catch { return nil }
    }
}
