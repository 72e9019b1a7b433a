import SocketIO
import Testing

struct SocketSessionTests {
    private func session(joined namespaces: String...) throws -> SocketSession {
        var session = SocketSession(EngineSettings(), at: .zero)
        for namespace in namespaces {
            _ = try session.receive(.text("0\(namespace),"))
            #expect(session.join(namespace) == true)
        }
        return session
    }

    @Test func whoJoinsNothingInTimeIsLate() throws {
        let waiting = try session()
        #expect(waiting.deadline == .seconds(45))
        #expect(!waiting.isLate(at: .milliseconds(44_999)))
        #expect(waiting.isLate(at: .seconds(45)))
        #expect(try !session(joined: "/").isLate(at: .seconds(45)))
    }

    @Test func aWishToJoinCarriesItsAuth() throws {
        var session = try session()
        let demand = try session.receive(.text(#"0/admin,{"token":"1"}"#))
        #expect(demand == .join(namespace: "/admin", auth: JSONText(#"{"token":"1"}"#)))
    }

    @Test func oneWhoWasRefusedMayAskAgainAndIsStillLate() throws {
        var session = try session()
        _ = try session.receive(.text("0"))
        session.refuse("/")
        #expect(session.isLate(at: .seconds(45)))
        #expect(try session.receive(.text("0")) == .join(namespace: "/", auth: nil))
    }

    @Test func anEventBeforeTheAnswerIsAFault() throws {
        var session = try session()
        _ = try session.receive(.text("0"))
        #expect(throws: SocketFault.notJoined) { try session.receive(.text(#"2["e"]"#)) }
    }

    @Test func joiningTwiceIsAFault() throws {
        var session = try session(joined: "/")
        #expect(throws: SocketFault.notJoined) { try session.receive(.text("0")) }
    }

    @Test func leavingOneNamespaceLeavesTheOthers() throws {
        var session = try session(joined: "/", "/custom")
        #expect(try session.receive(.text("1/custom")) == .leave(namespace: "/custom"))
        #expect(throws: SocketFault.notJoined) { try session.receive(.text(#"2/custom,["e"]"#)) }
        let demand = try session.receive(.text(#"27["e"]"#))
        #expect(demand == .event(SocketEvent("e"), namespace: "/", ack: 7))
    }

    @Test func whoLeftMeanwhileDoesNotJoin() throws {
        var session = try session()
        _ = try session.receive(.text("0"))
        _ = try session.receive(.text("1"))
        #expect(session.join("/") == false)
    }
}
