import SocketIO
import Testing

struct SocketPacketTests {
    private static func json(_ text: String) -> JSONText {
        guard let json = JSONText(text) else { preconditionFailure("not JSON: \(text)") }
        return json
    }

    private func packet(_ messages: [EngineMessage]) throws -> SocketPacket? {
        var assembler = PacketAssembler(maximumSize: 100)
        var packet: SocketPacket?
        for message in messages { packet = try assembler.take(message) }
        return packet
    }

    @Test(arguments: [
        ("0", SocketPacket(.connect(nil), in: "/")),
        (#"0{"token":"1"}"#, SocketPacket(.connect(json(#"{"token":"1"}"#)), in: "/")),
        (#"0/admin,{"sid":"x"}"#, SocketPacket(.connect(json(#"{"sid":"x"}"#)), in: "/admin")),
        ("1", SocketPacket(.disconnect, in: "/")),
        (
            #"2["e",1.0,{"a":[true]}]"#,
            SocketPacket(.event(SocketEvent("e", json("1.0"), json(#"{"a":[true]}"#)), ack: nil), in: "/")
        ),
        (#"2/custom,7["relay"]"#, SocketPacket(.event(SocketEvent("relay"), ack: 7), in: "/custom")),
        (#"3456["ok"]"#, SocketPacket(.ack(SocketArguments([json(#""ok""#)]), id: 456), in: "/")),
    ])
    func aPacketIsReadAndWrittenAlike(text: String, packet: SocketPacket) throws {
        #expect(try self.packet([.text(text)]) == packet)
        #expect(packet.messages == [.text(text)])
    }

    @Test(arguments: [("0/admin", "/admin"), ("0/admin,", "/admin"), ("1/custom", "/custom")])
    func aNamespaceMayEndAPacket(text: String, namespace: String) throws {
        #expect(try packet([.text(text)])?.namespace == namespace)
    }

    @Test func attachmentsFollowTheirPacket() throws {
        let text = #"52-/a,9["e",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#
        let messages: [EngineMessage] = [.text(text), .binary([1, 2]), .binary([3])]
        let packet = try #require(try packet(messages))
        guard case .event(let event, ack: 9) = packet.content else {
            Issue.record("\(packet)")
            return
        }
        #expect(event.arguments.attachments == [[1, 2], [3]])
        #expect(packet.messages == messages)
    }

    @Test(arguments: [
        "", "abc", "7", "2", "2{}", "2[]", "2[1]", #"2abc["e"]"#, #"2["e""#, #"2["e"] "x""#, #"2["connect"]"#, "0[]",
        "0x",
        "1{}", "3[]", #"5["e"]"#, #"511-["e"]"#, #"299999999999999999999["e"]"#,
    ])
    func whatIsNoPacketIsAFault(text: String) {
        #expect(throws: SocketFault.self) { try packet([.text(text)]) }
    }

    @Test func anAttachmentThatNobodyAnnouncedIsAFault() {
        #expect(throws: SocketFault.unexpectedMessage) { try packet([.binary([1])]) }
        #expect(throws: SocketFault.unexpectedMessage) { try packet([.text(#"51-["e"]"#), .text(#"2["e"]"#)]) }
    }

    @Test func attachmentsAreBoundedTogether() {
        let large = [UInt8](repeating: 0, count: 60)
        #expect(throws: SocketFault.tooManyAttachments) {
            try packet([.text(#"52-["e"]"#), .binary(large), .binary(large)])
        }
    }

    @Test func aNameMayBeWrittenWithEscapes() throws {
        let packet = try packet([.text(#"2["\u0065\"x"]"#)])
        #expect(packet?.content == .event(SocketEvent("e\"x"), ack: nil))
    }
}
