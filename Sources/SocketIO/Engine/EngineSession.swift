/// One client of Engine.IO on the server's side: what it may do, what waits for it, and when it has been silent too long.
///
/// It does no I/O and reads no clock: every call says what time it is, as the time passed since some fixed instant, and
/// whoever calls sends what `release` and `take` hand out. A session that is closed stays so.
package struct EngineSession: Sendable {
    /// How long a GET that comes between probe and upgrade is held before it is ended with nothing.
    ///
    /// The upgrade itself comes sooner, so a GET that raced it learns of it.
    private static let probeHold = Duration.milliseconds(100)

    package let id: String
    package private(set) var transport: EngineTransport
    package private(set) var closed: EngineCloseReason?
    /// Whether a WebSocket has probed, and polling is about to end.
    package private(set) var isProbed = false
    private let settings: EngineSettings
    private var queue: OutgoingQueue
    private var isPollHeld = false
    private var pingDue: Duration?
    private var pongDue: Duration?
    private var upgradeDue: Duration?
    private var noopDue: Duration?

    /// Begins a session; its handshake is the first packet that waits.
    package init(id: String, over transport: EngineTransport, _ settings: EngineSettings, at now: Duration) {
        self.id = id
        self.transport = transport
        self.settings = settings
        queue = OutgoingQueue(liveUpdates: settings.liveUpdates, bytes: settings.waitingBytes)
        pingDue = now + settings.pingInterval
        let handshake = settings.handshake(id: id, upgrades: transport == .polling ? ["websocket"] : [])
        enqueue(.open(handshake), isLive: false)
    }

    /// How many live updates this client never got, because newer ones took their place.
    package var dropped: Int { queue.dropped }

    /// When `advance` has something to do next; nil when the session is over.
    package var deadline: Duration? {
        guard closed == nil else { return nil }
        return [pingDue, pongDue, upgradeDue, noopDue].compactMap(\.self).min()
    }
}

// Time
extension EngineSession {
    /// Sends the ping that is due, and ends what waited too long.
    package mutating func advance(to now: Duration) {
        guard closed == nil else { return }
        if let due = pongDue, now >= due {
            return close(.pingTimeout)
        }
        if let due = pingDue, now >= due {
            enqueue(.ping(""), isLive: false)
            pingDue = nil
            // By the timetable, so that a client is silent for the promised time; but a stalled server blames itself.
            pongDue = (now - due > settings.pingTimeout / 2 ? now : due) + settings.pingTimeout
        }
        if let due = upgradeDue, now >= due {
            cancelUpgrade()
        }
    }
}

// What goes out
extension EngineSession {
    /// Puts a message behind those that wait; a client that lets too many wait is closed.
    package mutating func send(_ message: EngineMessage, isLive: Bool = false) {
        enqueue(.message(message), isLive: isLive)
    }

    package mutating func close(_ reason: EngineCloseReason) {
        guard closed == nil else { return }
        closed = reason
    }

    /// Takes a GET: it is answered at once, or held until `release` has something for it.
    package mutating func poll(at now: Duration) -> PollAnswer? {
        advance(to: now)
        guard closed == nil else { return .refused(.unknownSession) }
        guard transport == .polling else { return .refused(.badRequest) }
        guard !isPollHeld else {
            close(.overlappingRequests)
            return .refused(.badRequest)
        }
        isPollHeld = true
        noopDue = isProbed ? now + Self.probeHold : nil
        return release(at: now)
    }

    /// The answer to the GET that is held; nil when none is held or it has to wait on.
    package mutating func release(at now: Duration) -> PollAnswer? {
        guard isPollHeld, let answer = answer(at: now) else { return nil }
        isPollHeld = false
        noopDue = nil
        return answer
    }

    /// What the WebSocket may send now.
    package mutating func take() -> [EnginePacket]? {
        guard closed == nil, transport == .webSocket, !queue.isEmpty else { return nil }
        return queue.takeAll()
    }

    private func isDue(_ instant: Duration?, at now: Duration) -> Bool {
        instant.map { $0 <= now } ?? false
    }

    private mutating func answer(at now: Duration) -> PollAnswer? {
        if let closed { return .packets([closed == .closedByClient ? .noop : .close]) }
        if transport == .webSocket { return .refused(.badRequest) }
        if !queue.isEmpty { return .packets(queue.takeAll()) }
        return isDue(noopDue, at: now) ? .packets([.noop]) : nil
    }

    private mutating func enqueue(_ packet: EnginePacket, isLive: Bool) {
        guard closed == nil else { return }
        if !queue.append(packet, isLive: isLive) {
            close(.slowReader)
        }
    }
}

// What comes in
extension EngineSession {
    /// Takes the body of a POST and gives the messages in it.
    package mutating func receive(body: String, at now: Duration) throws(EngineRefusal) -> [EngineMessage] {
        advance(to: now)
        guard closed == nil else { throw .unknownSession }
        guard transport == .polling else { throw .badRequest }
        guard let packets = EnginePacket.packets(in: body) else {
            close(.wrongPacket)
            throw .badRequest
        }
        let messages = packets.compactMap { receive($0, at: now) }
        guard closed == nil || closed == .closedByClient else { throw .badRequest }
        return messages
    }

    /// Takes a text frame of the WebSocket and gives the message in it.
    package mutating func receive(frame: String, at now: Duration) -> EngineMessage? {
        advance(to: now)
        guard closed == nil else { return nil }
        // Base 64 is for bodies of polling only.
        guard frame.utf8.first != UInt8(ascii: "b"), let packet = EnginePacket(text: frame[...]) else {
            close(.wrongPacket)
            return nil
        }
        return receive(packet, at: now)
    }

    private mutating func receive(_ packet: EnginePacket, at now: Duration) -> EngineMessage? {
        guard closed == nil else { return nil }
        switch packet {
        case .message(let message): return message
        case .pong: receivePong(at: now)
        case .close: close(.closedByClient)
        case .noop: break
        case .open, .ping, .upgrade: close(.wrongPacket)
        }
        return nil
    }

    private mutating func receivePong(at now: Duration) {
        // A pong that nobody asked for must not put off the next ping.
        guard pongDue != nil else { return }
        pongDue = nil
        pingDue = now + settings.pingInterval
    }

    /// The client gave up a GET that was held.
    package mutating func abandonPoll() {
        guard isPollHeld else { return }
        isPollHeld = false
        close(.connectionLost)
    }
}

// From polling to a WebSocket
extension EngineSession {
    /// Whether a WebSocket may ask to take over.
    package var mayUpgrade: Bool { closed == nil && transport == .polling && !isProbed }

    /// A WebSocket wants to take over: a held GET is ended, so that nothing is on its way when it does.
    ///
    /// False when the session is not for taking over.
    package mutating func probe(at now: Duration) -> Bool {
        advance(to: now)
        guard mayUpgrade else { return false }
        isProbed = true
        upgradeDue = now + settings.upgradeTimeout
        noopDue = isPollHeld ? now : nil
        return true
    }

    /// The WebSocket has taken over: what waits goes out by it.
    package mutating func upgrade(at now: Duration) -> Bool {
        advance(to: now)
        guard closed == nil, isProbed else { return false }
        cancelUpgrade()
        transport = .webSocket
        return true
    }

    /// The WebSocket that probed is gone; polling goes on.
    package mutating func cancelUpgrade() {
        isProbed = false
        upgradeDue = nil
    }
}
