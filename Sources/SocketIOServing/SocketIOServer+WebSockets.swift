package import HTTPTypes
import NIOCore
package import Serving
import SocketIO

extension SocketIOServer {
    /// Decides about requests for a WebSocket: those for other paths, and those that are not right, are ordinary.
    package nonisolated func webSocket(_ request: HTTPRequest) async -> WebSocketDecision {
        guard let path = SocketIOPath(request, settings), path.origins.allow(request) else { return .ordinary }
        let engine = EngineRequest(request)
        guard engine.refusal(isUpgrade: true) == nil else { return .ordinary }
        guard let session = engine.session else {
            guard await hasRoom else { return .ordinary }
            return .accept(WebSocketAcceptance { await self.open($0, request, isBare: path.isBare) })
        }
        guard await clients[session]?.engine.mayUpgrade == true else { return .ordinary }
        return .accept(WebSocketAcceptance { await self.upgrade(session, to: $0) })
    }

    private var hasRoom: Bool { clients.count < settings.maximumSessions && !isStopping }

    private nonisolated func open(_ peer: WebSocketPeer, _ request: HTTPRequest, isBare: Bool) async {
        guard let id = await begin(peer, request, isBare: isBare) else { return }
        var messages = peer.messages.makeAsyncIterator()
        await exchange(with: peer, &messages, id)
    }

    private func begin(_ peer: WebSocketPeer, _ request: HTTPRequest, isBare: Bool) -> String? {
        guard let id = begin(makeClient(over: .webSocket, request, isBare: isBare)) else { return nil }
        clients[id]?.peer = peer
        return id
    }

    /// Takes over from polling: the client probes, is answered, and says that it has changed.
    private nonisolated func upgrade(_ id: String, to peer: WebSocketPeer) async {
        var messages = peer.messages.makeAsyncIterator()
        do {
            guard try await messages.next() == .text("2probe"), await probe(id, peer) else { return }
            try await peer.send(.text("3probe"))
            guard try await messages.next() == .text("5"), await takeOver(id) else { return await giveUp(id) }
        } catch {
            return await giveUp(id)
        }
        await exchange(with: peer, &messages, id)
    }

    private func probe(_ id: String, _ peer: WebSocketPeer) -> Bool {
        guard clients[id]?.engine.probe(at: now) == true else { return false }
        clients[id]?.peer = peer
        settle(id)
        return true
    }

    private func takeOver(_ id: String) -> Bool {
        defer { settle(id) }
        return clients[id]?.engine.upgrade(at: now) ?? false
    }

    private func giveUp(_ id: String) {
        guard clients[id]?.engine.transport == .polling else { return }
        clients[id]?.peer = nil
        clients[id]?.engine.cancelUpgrade()
        settle(id)
    }

    /// Reads and writes until either end is done.
    private nonisolated func exchange(
        with peer: WebSocketPeer, _ messages: inout WebSocketMessages.AsyncIterator, _ id: String
    ) async {
        let wakes = await beginWriting(id)
        await withDiscardingTaskGroup { group in
            group.addTask { await self.write(to: peer, id, at: wakes) }
            await read(&messages, id)
            // Which ends the writing too.
            await close(id, .connectionLost)
        }
    }

    /// What wakes the task that writes; it ends with the session.
    private func beginWriting(_ id: String) -> AsyncStream<Void> {
        let (wakes, writer) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        guard clients[id] != nil else {
            writer.finish()
            return wakes
        }
        clients[id]?.writer = writer
        writer.yield()
        return wakes
    }

    private nonisolated func read(_ messages: inout WebSocketMessages.AsyncIterator, _ id: String) async {
        do {
            while let message = try await messages.next() {
                await receive(message, id)
            }
        } catch {
            logger.debug("A WebSocket ended early", metadata: ["session": "\(id)", "error": "\(error)"])
        }
    }

    private func receive(_ message: WebSocketMessage, _ id: String) async {
        switch message {
        case .binary(let bytes): await handle([.binary(Array(bytes.readableBytesView))], of: id)
        case .text(let text):
            let message = clients[id]?.engine.receive(frame: text, at: now)
            settle(id)
            if let message { await handle([message], of: id) }
        }
    }

    private func takePackets(_ id: String) -> [EnginePacket] {
        clients[id]?.engine.take() ?? []
    }

    private nonisolated func write(to peer: WebSocketPeer, _ id: String, at wakes: AsyncStream<Void>) async {
        do {
            for await _ in wakes {
                for packet in await takePackets(id) {
                    try await peer.send(packet.webSocketMessage)
                }
            }
        } catch {
            logger.debug("A WebSocket could not be written", metadata: ["session": "\(id)", "error": "\(error)"])
        }
    }
}

extension EnginePacket {
    /// The packet as a WebSocket carries it: binary messages as they are.
    fileprivate var webSocketMessage: WebSocketMessage {
        if case .message(.binary(let bytes)) = self { .binary(ByteBuffer(bytes: bytes)) } else { .text(text) }
    }
}
