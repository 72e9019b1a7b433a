/// The packets that wait for one client, bounded in number and in bytes.
struct OutgoingQueue: Sendable {
    private struct Entry {
        let packet: EnginePacket
        let size: Int
        let isLive: Bool
    }

    private let liveUpdates: Int
    private let bytes: Int
    private var entries: [Entry] = []
    private var waitingLive = 0
    private var waitingBytes = 0
    /// How many live updates made room for newer ones.
    private(set) var dropped = 0

    init(liveUpdates: Int, bytes: Int) {
        self.liveUpdates = liveUpdates
        self.bytes = bytes
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Adds a packet; false when there is no room for it.
    ///
    /// A live update is worth less than the next one: the oldest is dropped. What is not live is never dropped.
    mutating func append(_ packet: EnginePacket, isLive: Bool) -> Bool {
        let size = packet.size
        while isLive && waitingLive >= max(liveUpdates, 1) || waitingLive > 0 && waitingBytes + size > bytes {
            dropOldestLive()
        }
        guard waitingBytes + size <= bytes else { return false }
        entries.append(Entry(packet: packet, size: size, isLive: isLive))
        waitingBytes += size
        waitingLive += isLive ? 1 : 0
        return true
    }

    mutating func takeAll() -> [EnginePacket] {
        defer {
            entries.removeAll(keepingCapacity: true)
            waitingLive = 0
            waitingBytes = 0
        }
        return entries.map(\.packet)
    }

    private mutating func dropOldestLive() {
        guard let index = entries.firstIndex(where: \.isLive) else { return }
        waitingBytes -= entries.remove(at: index).size
        waitingLive -= 1
        dropped += 1
    }
}

extension EnginePacket {
    /// About how many bytes it takes while it waits.
    fileprivate var size: Int {
        switch self {
        case .open(let text), .ping(let text), .pong(let text): text.utf8.count + 1
        case .message(let message): message.size + 1
        case .close, .upgrade, .noop: 1
        }
    }
}
