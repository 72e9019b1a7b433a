/// Puts the packets of one client together from messages: text, and the attachments that it announces.
package struct PacketAssembler: Sendable {
    private let maximumSize: Int
    private var head: SocketPacketHead?
    private var attachments: [[UInt8]] = []

    /// - Parameter maximumSize: how many bytes the attachments of one packet may have together.
    package init(maximumSize: Int) {
        self.maximumSize = maximumSize
    }

    /// Takes the next message; gives the packet that is whole with it.
    package mutating func take(_ message: EngineMessage) throws(SocketFault) -> SocketPacket? {
        switch message {
        case .text(let text):
            guard head == nil else { throw .unexpectedMessage }
            head = try SocketPacketHead(text)
        case .binary(let bytes):
            guard head != nil else { throw .unexpectedMessage }
            attachments.append(bytes)
        }
        guard attachments.reduce(0, { $0 + $1.count }) <= maximumSize else { throw .tooManyAttachments }
        return try whole()
    }

    private mutating func whole() throws(SocketFault) -> SocketPacket? {
        guard let head, attachments.count == head.attachments else { return nil }
        defer {
            self.head = nil
            attachments = []
        }
        return try SocketPacket(head, attachments: attachments)
    }
}
