import SocketIO
import SocketIOServing
import Testing

@Suite(.enabled(if: PythonClient.isThere, "python-socketio is not installed; .ci/prepare tests does it"))
struct ClientTests {
    @Test(arguments: [("polling", "polling"), ("websocket", "websocket"), ("polling,websocket", "websocket")])
    func aClientIsGreetedHearsItsRoomAndIsAnswered(transports: String, last: String) async throws {
        let server = LiveServer()
        let report = try await server.run { try await PythonClient.talk(to: $0, by: transports) }
        #expect(report.transport == last)
        #expect(report.updates.map(\.power) == [1, 2])
        #expect(report.answer == [.word("relay"), .word("asha"), .order(relay: 1, isOn: false)])
        #expect(report.refused == [.init(message: "Not authorized", data: .init(code: "bad_token"))])
        #expect(report.unknown == [.init(message: "Invalid namespace", data: nil)])
        #expect(await server.sockets.sessions == 0)
    }
}
