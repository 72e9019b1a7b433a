import HTTPTypes
import SocketIO

extension SocketIOServer {
    /// A GET for packets: answered, or held until its stream says how it ends.
    enum Poll: Sendable {
        case answered(PollAnswer)
        case held(AsyncStream<PollAnswer>)
    }

    /// Begins a session over polling; nil when there are too many.
    func handshake(_ request: HTTPRequest, isBare: Bool) -> [EnginePacket]? {
        guard let id = begin(makeClient(over: .polling, request, isBare: isBare)) else { return nil }
        guard case .answered(.packets(let packets)) = poll(id) else { return nil }
        return packets
    }

    func poll(_ id: String) -> Poll {
        guard clients[id] != nil else { return .answered(.refused(.unknownSession)) }
        if let answer = clients[id]?.engine.poll(at: now) {
            settle(id)
            return .answered(answer)
        }
        let (answers, poll) = AsyncStream<PollAnswer>.makeStream(bufferingPolicy: .bufferingNewest(1))
        clients[id]?.poll = poll
        return .held(answers)
    }

    /// Waits for the end of a held GET; a client that gives it up ends its session.
    func wait(_ id: String, for answers: AsyncStream<PollAnswer>) async -> PollAnswer {
        for await answer in answers { return answer }
        clients[id]?.poll = nil
        clients[id]?.engine.abandonPoll()
        settle(id)
        return .refused(.badRequest)
    }

    /// Takes the body of a POST; returns when all of its messages are handled.
    func post(_ body: String, to id: String) async throws(EngineRefusal) {
        guard clients[id] != nil else { throw .unknownSession }
        guard clients[id]?.isPosting == false else {
            close(id, .overlappingRequests)
            throw .badRequest
        }
        let messages = try messages(in: body, of: id)
        clients[id]?.isPosting = true
        await handle(messages, of: id)
        clients[id]?.isPosting = false
    }

    private func messages(in body: String, of id: String) throws(EngineRefusal) -> [EngineMessage] {
        defer { settle(id) }
        return try clients[id]?.engine.receive(body: body, at: now) ?? []
    }
}
