import NIOCore
import NIOEmbedded
import NIOWebSocket
import Serving
import Testing

struct WebSocketMessageHandlerTests {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(handler: WebSocketMessageHandler(maximumSize: 10))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "peer")).wait()
    }

    private func receive(
        _ opcode: WebSocketOpcode, _ text: String, fin: Bool = true, masked: Bool = true, rsv1: Bool = false
    ) throws {
        let key = masked ? WebSocketMaskingKey([1, 2, 3, 4]) : nil
        var bytes = ByteBuffer(string: text)
        if let key { bytes.webSocketMask(key) }
        let frame = WebSocketFrame(fin: fin, rsv1: rsv1, opcode: opcode, maskKey: key, data: bytes)
        try channel.writeInbound(frame)
    }

    private func sentClose() throws -> UInt16? {
        while let frame = try channel.readOutbound(as: WebSocketFrame.self) {
            if frame.opcode == .connectionClose { return frame.data.getInteger(at: frame.data.readerIndex) }
        }
        return nil
    }

    @Test func fragmentsAreJoinedAroundAPing() throws {
        try receive(.text, "hé", fin: false)
        try receive(.ping, "you?")
        try receive(.continuation, "", fin: false)
        try receive(.continuation, "llo")
        #expect(try channel.readInbound(as: WebSocketMessage.self) == .text("héllo"))
        let pong = try #require(try channel.readOutbound(as: WebSocketFrame.self))
        #expect(pong.opcode == .pong)
        #expect(String(buffer: pong.data) == "you?")
    }

    @Test func aBinaryMessageComesAsItIs() throws {
        try receive(.binary, "\u{0}\u{1}")
        #expect(try channel.readInbound(as: WebSocketMessage.self) == .binary(ByteBuffer(bytes: [0, 1])))
    }

    @Test(arguments: [
        (WebSocketOpcode.continuation, true, false), (.text, false, false), (.text, true, true),
        (WebSocketOpcode(encodedWebSocketOpcode: 3) ?? .pong, true, false),
    ])
    func aFrameOutOfPlaceEndsTheConnection(opcode: WebSocketOpcode, masked: Bool, rsv1: Bool) throws {
        try receive(opcode, "x", masked: masked, rsv1: rsv1)
        #expect(try sentClose() == 1002)
        #expect(try channel.readInbound(as: WebSocketMessage.self) == nil)
    }

    @Test func aMessageWithinAMessageEndsTheConnection() throws {
        try receive(.text, "a", fin: false)
        try receive(.text, "b")
        #expect(try sentClose() == 1002)
    }

    @Test func textThatIsNoTextEndsTheConnection() throws {
        let key = WebSocketMaskingKey([0, 0, 0, 0])
        try channel.writeInbound(
            WebSocketFrame(fin: true, opcode: .text, maskKey: key, data: ByteBuffer(bytes: [0xff])))
        #expect(try sentClose() == 1007)
    }

    @Test func fragmentsAreBoundedTogether() throws {
        try receive(.text, "123456", fin: false)
        try receive(.continuation, "78901", fin: false)
        #expect(try sentClose() == 1009)
    }

    @Test(arguments: [("", UInt16(1000)), ("\u{3}", 1002), ("\u{3}\u{3}", 1002), ("\u{f}\u{21}", 3873)])
    func aCloseIsAnsweredAndEndsTheConnection(payload: String, code: UInt16) throws {
        try receive(.connectionClose, payload)
        #expect(try sentClose() == code)
        #expect(!channel.isActive)
    }

    @Test func nothingIsReadOrSentBehindOurClose() throws {
        try channel.writeOutbound(WebSocketOutput.close(.goingAway))
        #expect(try sentClose() == 1001)
        try receive(.text, "late")
        #expect(try channel.readInbound(as: WebSocketMessage.self) == nil)
        #expect(throws: ChannelError.ioOnClosedChannel) {
            try channel.writeOutbound(WebSocketOutput.message(.text("late")))
        }
        #expect(channel.isActive)
        try receive(.connectionClose, "\u{3}\u{f}")
        #expect(!channel.isActive)
    }

    @Test func aCloseThatIsNotAnsweredEndsTheConnectionAllTheSame() throws {
        try channel.writeOutbound(WebSocketOutput.close(.normal))
        channel.embeddedEventLoop.advanceTime(by: .seconds(4))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }
}
