extension SocketPacket {
    /// The packet as messages of Engine.IO: its text, then its attachments.
    package var messages: [EngineMessage] {
        [.text(head + payload)] + attachments.map(EngineMessage.binary)
    }

    private var head: String {
        let count = attachments.isEmpty ? "" : "\(attachments.count)-"
        let place = namespace == "/" ? "" : namespace + ","
        return type + count + place + (ack.map(String.init) ?? "")
    }

    private var type: String {
        switch content {
        case .connect: "0"
        case .disconnect: "1"
        case .event: attachments.isEmpty ? "2" : "5"
        case .ack: attachments.isEmpty ? "3" : "6"
        case .connectError: "4"
        }
    }

    private var ack: Int? {
        switch content {
        case .event(_, let ack): ack
        case .ack(_, let id): id
        case .connect, .disconnect, .connectError: nil
        }
    }

    private var attachments: [[UInt8]] {
        switch content {
        case .event(let event, _): event.arguments.attachments
        case .ack(let arguments, _): arguments.attachments
        case .connect, .disconnect, .connectError: []
        }
    }

    private var payload: String {
        switch content {
        case .connect(let json): json?.text ?? ""
        case .disconnect: ""
        case .event(let event, _): Self.array([.string(event.name)] + event.arguments.values)
        case .ack(let arguments, _): Self.array(arguments.values)
        case .connectError(let json): json.text
        }
    }

    private static func array(_ values: [JSONText]) -> String {
        "[" + values.map(\.text).joined(separator: ",") + "]"
    }
}
