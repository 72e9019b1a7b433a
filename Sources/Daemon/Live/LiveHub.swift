import Foundation
import Synchronization

/// Something that happened in a household, for those who look on now.
struct LiveEvent: Sendable {
    enum Kind: String, Sendable {
        case live, alert, order
        /// Nothing happened; the connection is alive.
        case beat
    }

    /// Counts the events of this run of the daemon, from a start that differs between runs.
    let number: Int64
    let kind: Kind
    let household: Int64
    /// The device that it is about, where it is about one.
    let device: Int64?
    /// JSON on one line.
    let text: String
}

/// Another way by which people look on. It is asked and told under the hub's lock: it must not wait.
protocol LiveListener: Sendable {
    func isWatched(_ household: Int64) -> Bool
    func hear(_ event: LiveEvent)
}

/// Passes events on to those who look on, and keeps the last ones for who comes back after a lost connection.
///
/// A reader that is too slow loses the oldest events, never the newest: the next reading says all that counts.
final class LiveHub: Sendable {
    private struct Watcher: Sendable {
        /// Nil for an administrator, who sees all.
        let household: Int64?
        let stream: AsyncStream<LiveEvent>.Continuation
    }

    private struct State: Sendable {
        var next: Int64
        var watchers: [Int: Watcher] = [:]
        var lastWatcher = 0
        /// The last events of households that were watched.
        var held: [Int64: [LiveEvent]] = [:]
        var isClosed = false
        var listener: (any LiveListener)?
    }

    private let state: Mutex<State>
    private static let mostHeld = 100
    private static let mostWaiting = 256
    static let mostWatchers = 2000

    /// - Parameter first: the number of the first event; later than all of an earlier run.
    init(first: Int64) {
        state = Mutex(State(next: first))
    }

    /// The events from now on, after those that were missed since `number`, as far as they are held.
    ///
    /// - Returns: nil when too many look on, or the daemon stops.
    func watch(_ household: Int64?, after number: Int64?) -> (missed: [LiveEvent], events: AsyncStream<LiveEvent>)? {
        let (events, stream) = AsyncStream.makeStream(
            of: LiveEvent.self, bufferingPolicy: .bufferingNewest(Self.mostWaiting))
        let missed: (id: Int, events: [LiveEvent])? = state.withLock { state in
            guard !state.isClosed, state.watchers.count < Self.mostWatchers else { return nil }
            state.lastWatcher += 1
            state.watchers[state.lastWatcher] = Watcher(household: household, stream: stream)
            if let household, state.held[household] == nil { state.held[household] = [] }
            return (state.lastWatcher, Self.missed(household, after: number, in: state))
        }
        guard let missed else { return nil }
        stream.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.watchers.removeValue(forKey: missed.id) }
        }
        return (missed.events, events)
    }

    private static func missed(_ household: Int64?, after number: Int64?, in state: State) -> [LiveEvent] {
        guard let number else { return [] }
        let held = household.map { state.held[$0] ?? [] } ?? state.held.values.flatMap { $0 }
        return held.filter { $0.number > number }.sorted { $0.number < $1.number }
    }

    /// Lets another way of looking on hear all events that it says are watched there.
    func attach(_ listener: any LiveListener) {
        state.withLock { $0.listener = listener }
    }

    /// Whether what happens in a household interests anybody: otherwise its text need not be made.
    func isWatched(_ household: Int64) -> Bool {
        state.withLock { state in
            state.held[household] != nil || state.watchers.values.contains { $0.household == nil }
                || state.listener?.isWatched(household) == true
        }
    }

    func publish(_ kind: LiveEvent.Kind, of household: Int64, device: Int64? = nil, _ text: String) {
        state.withLock { state in
            let event = LiveEvent(number: state.next, kind: kind, household: household, device: device, text: text)
            state.listener?.hear(event)
            state.next += 1
            if state.held[household] != nil {
                state.held[household]?.append(event)
                if let count = state.held[household]?.count, count > Self.mostHeld * 2 {
                    state.held[household]?.removeFirst(count - Self.mostHeld)
                }
            }
            for watcher in state.watchers.values where watcher.household == nil || watcher.household == household {
                watcher.stream.yield(event)
            }
        }
    }

    /// Shows every stream that its connection is alive.
    func beat() {
        state.withLock { state in
            for watcher in state.watchers.values {
                watcher.stream.yield(LiveEvent(number: state.next, kind: .beat, household: 0, device: nil, text: ""))
            }
        }
    }

    /// Households that nobody has watched for a while are forgotten.
    func sweep() {
        state.withLock { state in
            let watched = Set(state.watchers.values.compactMap(\.household))
            state.held = state.held.filter { watched.contains($0.key) }
        }
    }

    var watcherCount: Int {
        state.withLock { $0.watchers.count }
    }

    /// Ends every stream: the daemon stops.
    func close() {
        let watchers = state.withLock { state in
            state.isClosed = true
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.stream.finish() }
    }
}
