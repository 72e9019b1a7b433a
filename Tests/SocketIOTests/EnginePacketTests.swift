import SocketIO
import Testing

struct EnginePacketTests {
    @Test(arguments: [
        ("0{}", EnginePacket.open("{}")), ("1", .close), ("2", .ping("")), ("2probe", .ping("probe")), ("3", .pong("")),
        ("4hé", .message(.text("hé"))), ("4", .message(.text(""))), ("5", .upgrade), ("6", .noop),
        ("bAQIDBA==", .message(.binary([1, 2, 3, 4]))),
    ])
    func aPacketIsReadAndWrittenAlike(text: String, packet: EnginePacket) {
        #expect(EnginePacket(text: text[...]) == packet)
        #expect(packet.text == text)
    }

    @Test(arguments: ["", "abc", "7", "b@@", "é"])
    func whatIsNoPacketIsNotRead(text: String) {
        #expect(EnginePacket(text: text[...]) == nil)
    }

    @Test func aBodyHoldsPacketsBetweenSeparators() {
        let packets: [EnginePacket] = [.message(.text("hello")), .message(.binary([1, 2, 3, 4])), .ping("")]
        #expect(EnginePacket.body(of: packets) == "4hello\u{1e}bAQIDBA==\u{1e}2")
        #expect(EnginePacket.packets(in: "4hello\u{1e}bAQIDBA==\u{1e}2") == packets)
    }

    @Test(arguments: ["", "4a\u{1e}", "4a\u{1e}abc"])
    func aBodyIsRefusedForAnyPartThatIsNoPacket(body: String) {
        #expect(EnginePacket.packets(in: body) == nil)
    }
}
