import SocketIO
import Testing

struct EngineSessionTests {
    private static let settings = {
        var settings = EngineSettings()
        settings.pingInterval = .milliseconds(300)
        settings.pingTimeout = .milliseconds(200)
        settings.upgradeTimeout = .milliseconds(150)
        settings.liveUpdates = 2
        settings.waitingBytes = 100
        return settings
    }()

    /// A session whose handshake the client has got.
    private func session(over transport: EngineTransport = .polling) -> EngineSession {
        var session = EngineSession(id: "abc", over: transport, Self.settings, at: .zero)
        if transport == .polling { _ = session.poll(at: .zero) } else { _ = session.take() }
        return session
    }

    @Test func theHandshakeNamesTimesAndUpgrades() {
        var polling = EngineSession(id: "abc", over: .polling, Self.settings, at: .zero)
        let json = #"{"sid":"abc","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}"#
        #expect(polling.poll(at: .zero) == .packets([.open(json)]))
        var webSocket = EngineSession(id: "abc", over: .webSocket, Self.settings, at: .zero)
        #expect(webSocket.take() == [.open(json.replacing(#"["websocket"]"#, with: "[]"))])
    }

    @Test func theOriginalsTimesAreTheDefaults() {
        var session = EngineSession(id: "x", over: .webSocket, EngineSettings(), at: .zero)
        let json = #"{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#
        #expect(session.take() == [.open(json)])
    }

    @Test func aGetIsHeldUntilSomethingWaits() {
        var session = session()
        #expect(session.poll(at: .zero) == nil)
        session.send(.text("one"))
        session.send(.text("two"))
        #expect(session.release(at: .zero) == .packets([.message(.text("one")), .message(.text("two"))]))
        #expect(session.release(at: .zero) == nil)
    }

    @Test func aSecondGetEndsTheSession() {
        var session = session()
        #expect(session.poll(at: .zero) == nil)
        #expect(session.poll(at: .zero) == .refused(.badRequest))
        #expect(session.release(at: .zero) == .packets([.close]))
        #expect(session.closed == .overlappingRequests)
        #expect(session.poll(at: .zero) == .refused(.unknownSession))
    }

    @Test func aGetThatIsGivenUpEndsTheSession() {
        var session = session()
        session.abandonPoll()
        #expect(session.closed == nil)
        _ = session.poll(at: .zero)
        session.abandonPoll()
        #expect(session.closed == .connectionLost)
    }

    @Test func aBodyGivesItsMessagesInOrder() throws {
        var session = session()
        let messages = try session.receive(body: "4a\u{1e}bAQ==\u{1e}4b", at: .zero)
        #expect(messages == [.text("a"), .binary([1]), .text("b")])
    }

    @Test(arguments: ["abc", "0{}", "2", "5", "4a\u{1e}x"])
    func aBodyOutOfPlaceEndsTheSession(body: String) {
        var session = session()
        #expect(throws: EngineRefusal.badRequest) { try session.receive(body: body, at: .zero) }
        #expect(session.closed == .wrongPacket)
        #expect(throws: EngineRefusal.unknownSession) { try session.receive(body: "4a", at: .zero) }
    }

    @Test(arguments: ["abc", "", "0{}", "2", "5", "bAQ=="])
    func aFrameOutOfPlaceEndsTheSession(frame: String) {
        var session = session(over: .webSocket)
        #expect(session.receive(frame: frame, at: .zero) == nil)
        #expect(session.closed == .wrongPacket)
    }

    @Test func aCloseOfTheClientEndsAHeldGetWithNothing() throws {
        var session = session()
        _ = session.poll(at: .zero)
        #expect(try session.receive(body: "1", at: .zero) == [])
        #expect(session.closed == .closedByClient)
        #expect(session.release(at: .zero) == .packets([.noop]))
    }

    @Test func aCloseOfTheServerIsToldToAHeldGet() {
        var session = session()
        _ = session.poll(at: .zero)
        session.close(.closedByServer)
        #expect(session.release(at: .zero) == .packets([.close]))
    }

    @Test func aPingIsDueAnIntervalAfterThePong() throws {
        var session = session()
        _ = session.poll(at: .zero)
        #expect(session.deadline == .milliseconds(300))
        session.advance(to: .milliseconds(299))
        #expect(session.release(at: .milliseconds(299)) == nil)
        session.advance(to: .milliseconds(300))
        #expect(session.release(at: .milliseconds(300)) == .packets([.ping("")]))
        #expect(session.deadline == .milliseconds(500))
        _ = try session.receive(body: "3", at: .milliseconds(400))
        #expect(session.deadline == .milliseconds(700))
    }

    @Test func aClientWithoutPongIsClosedByTheTimetable() {
        var session = session(over: .webSocket)
        // Noticed late, but not so late that the server should be blamed.
        session.advance(to: .milliseconds(390))
        session.advance(to: .milliseconds(499))
        #expect(session.closed == nil)
        session.advance(to: .milliseconds(500))
        #expect(session.closed == .pingTimeout)
        #expect(session.deadline == nil)
    }

    @Test func aStalledServerGivesItsClientsTime() {
        var session = session(over: .webSocket)
        session.advance(to: .seconds(10))
        #expect(session.closed == nil)
        #expect(session.take() == [.ping("")])
        session.advance(to: .milliseconds(10_199))
        #expect(session.closed == nil)
    }

    @Test func aPongThatNobodyAskedForPutsNothingOff() {
        var session = session(over: .webSocket)
        _ = session.receive(frame: "3", at: .milliseconds(250))
        #expect(session.deadline == .milliseconds(300))
    }

    @Test func aWebSocketTakesOverWhatWaits() {
        var session = session()
        _ = session.poll(at: .zero)
        #expect(session.probe(at: .zero) == true)
        #expect(session.release(at: .zero) == .packets([.noop]))
        session.send(.text("hello"))
        #expect(session.take() == nil)
        #expect(session.upgrade(at: .zero) == true)
        #expect(session.take() == [.message(.text("hello"))])
        #expect(session.poll(at: .zero) == .refused(.badRequest))
        #expect(throws: EngineRefusal.badRequest) { try session.receive(body: "4a", at: .zero) }
        #expect(!session.mayUpgrade)
        #expect(session.probe(at: .zero) == false)
    }

    @Test func aGetBetweenProbeAndUpgradeEndsEitherWay() {
        var session = session()
        #expect(session.probe(at: .zero) == true)
        #expect(session.poll(at: .zero) == nil)
        var slow = session
        #expect(slow.release(at: .milliseconds(100)) == .packets([.noop]))
        #expect(session.upgrade(at: .milliseconds(50)) == true)
        #expect(session.release(at: .milliseconds(50)) == .refused(.badRequest))
    }

    @Test func aProbeThatGoesNoFurtherLeavesPolling() {
        var session = session()
        #expect(session.probe(at: .zero) == true)
        session.advance(to: .milliseconds(149))
        #expect(session.isProbed)
        session.advance(to: .milliseconds(150))
        #expect(session.mayUpgrade)
        #expect(session.upgrade(at: .milliseconds(150)) == false)
        #expect(session.transport == .polling)
    }

    @Test func theOldestLiveUpdateMakesRoomForTheNewest() {
        var session = session(over: .webSocket)
        session.send(.text("kept"))
        for number in 1...4 { session.send(.text("\(number)"), isLive: true) }
        #expect(session.take() == [.message(.text("kept")), .message(.text("3")), .message(.text("4"))])
        #expect(session.dropped == 2)
        #expect(session.closed == nil)
    }

    @Test func aReaderThatLetsTooMuchPileUpIsClosed() {
        var session = session(over: .webSocket)
        session.send(.text(String(repeating: "x", count: 90)))
        session.send(.text("live"), isLive: true)
        #expect(session.closed == nil)
        session.send(.text(String(repeating: "y", count: 20)))
        #expect(session.closed == .slowReader)
    }
}
