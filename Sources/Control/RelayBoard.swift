package import Foundation

/// The relays of one device: what is wanted of them, what they do, and what became of each order.
///
/// A value without a clock: each reading goes through ``take(_:at:)`` and is answered by ``answer(at:)``, in microseconds.
/// It tells states and never events, so that a lost answer costs one interval; but for a pulse, which goes out in one answer
/// only and is lost with it. Every order it is given ends in one final state, once. What changes is returned, to be stored and
/// shown.
package struct RelayBoard: Sendable {
    private var tracks = PerRelay(RelayTrack(), RelayTrack())
    private var powers = PowerWindow()
    /// Amperes in the last report; nil when nobody can tell.
    package private(set) var amperes: Double?
    private var newest: Date?
    private var bootID: Int32?
    private var uptime: Int32?

    /// Readings further apart than this are not compared, in seconds.
    private static let longestGap = 300.0

    /// A board without orders; those that had not settled are given back to it by ``place(_:at:)``.
    ///
    /// - Parameter memory: what an earlier board had learned.
    package init(
        neverCut: Set<Relay> = [], cutOff: Set<Relay> = [], remembering memory: RelayMemory = RelayMemory()
    ) {
        for relay in Relay.allCases {
            tracks[relay].isNeverCut = neverCut.contains(relay)
            tracks[relay].load = memory.loads[relay]
            tracks[relay].isHeldOff = memory.isHeldOff[relay]
            tracks[relay].isCutOff = cutOff.contains(relay)
            tracks[relay].isToClose = memory.isToClose?[relay] ?? false
        }
        bootID = memory.bootID
        uptime = memory.uptime
    }

    /// What the board has learned so far.
    package var memory: RelayMemory {
        var memory = RelayMemory()
        memory.loads = tracks.map(\.load)
        memory.isHeldOff = tracks.map(\.isHeldOff)
        memory.isToClose = tracks.map(\.isToClose)
        memory.bootID = bootID
        memory.uptime = uptime
        return memory
    }

    /// As the device reported last; nil where it did not, or not since the board was made.
    package var reported: PerRelay<Bool?> { tracks.map(\.reported) }
    /// What an answer would ask for now.
    package var wanted: PerRelay<Bool?> { tracks.map(\.wanted) }
    /// The order of each relay that has not settled.
    package var orders: PerRelay<RelayOrder?> { tracks.map(\.order) }
    /// Whether a person holds each relay open.
    package var isCutOff: PerRelay<Bool> { tracks.map(\.isCutOff) }
    /// Whether the last readings told about the same power.
    package var isSteady: Bool { powers.isSteady }
    /// Whether each relay is never to be opened.
    package var isNeverCut: PerRelay<Bool> { tracks.map(\.isNeverCut) }
}

// MARK: People

extension RelayBoard {
    /// Whether an order may be given; asked before the database numbers it.
    ///
    /// - Throws: ``ControlError`` of kind `cutOff` or `neverCut`.
    package func check(_ relay: Relay, isOn: Bool) throws {
        if isOn && tracks[relay].isCutOff {
            throw ControlError(
                .cutOff, "Socket \(relay.rawValue) is cut off; release it before it is switched on again.")
        }
        if !isOn { try checkCutting(relay) }
    }

    private func checkCutting(_ relay: Relay) throws {
        guard tracks[relay].isNeverCut else { return }
        throw ControlError(.neverCut, "Socket \(relay.rawValue) is never switched off; take it off that list first.")
    }

    /// Takes an order that the database has numbered.
    ///
    /// - Returns: the order it replaces, settled, and the order itself: settled at once as replaced when a cut-off, or the
    ///   list of what is never cut, came between ``check(_:isOn:)`` and now.
    package mutating func place(_ order: RelayOrder, at now: Date) -> [RelayOrder] {
        precondition(!order.state.isFinal, "a settled order is history")
        return tracks[order.relay].place(order, at: now)
    }

    /// Holds a relay open until it is released; an order to close it is replaced.
    ///
    /// - Throws: ``ControlError`` of kind `neverCut`.
    package mutating func cutOff(_ relay: Relay, at now: Date) throws -> [RelayOrder] {
        try checkCutting(relay)
        return tracks[relay].cutOff(at: now)
    }

    /// Lets go of a relay; it stays as it is until somebody orders otherwise.
    package mutating func release(_ relay: Relay) {
        tracks[relay].isCutOff = false
    }

    /// Takes back an order to open a relay for a moment, if it was not sent yet.
    package mutating func withdraw(_ pulse: Int64, at now: Date) -> [RelayOrder] {
        Relay.allCases.flatMap { tracks[$0].withdraw(pulse, at: now) }
    }

    /// Ends an order of an earlier run to open a relay for a moment. Nobody knows whether it was sent: the relay is wanted
    /// closed until it is seen so.
    package mutating func abandon(_ pulse: RelayOrder) -> [RelayOrder] {
        precondition(pulse.isPulse && !pulse.state.isFinal, "only a pulse that has not settled is abandoned")
        var settled = pulse
        settled.settle(as: .expired, at: pulse.draft.expiresAt)
        tracks[pulse.relay].isToClose = true
        return [settled]
    }

    /// Says which sockets are never cut; an order to open one of them that still waits is replaced. A cut-off that stands
    /// already stands until it is released.
    package mutating func protect(_ relays: Set<Relay>, at now: Date) -> [RelayOrder] {
        Relay.allCases.flatMap { tracks[$0].protect(relays.contains($0), at: now) }
    }
}

// MARK: The device

extension RelayBoard {
    /// Takes what a device reports; what is not later than its newest report is left out, such as a reading sent twice or
    /// late.
    ///
    /// - Parameter now: when the report came. A report dated later than that counts as made now, so that a clock that was
    ///   fast and is set right does not deafen the board.
    /// - Returns: the orders that changed, in the order in which they did.
    package mutating func take(_ report: RelayReport, at now: Date) -> [RelayOrder] {
        let expired = tick(at: now)
        let instant = min(report.at, now)
        if let newest, instant <= newest { return expired }
        noteStart(report, at: instant)
        amperes = report.amperes
        let pulsed = report.pulse.map { pulse in Relay.allCases.flatMap { tracks[$0].take(pulse, at: now) } } ?? []
        var switched: PerRelay<Bool?> = PerRelay(nil, nil)
        for relay in Relay.allCases {
            switched[relay] = tracks[relay].report(report.states[relay], power: report.power, before: powers)
        }
        mix(switched)
        let changes = Relay.allCases.flatMap { relay in
            tracks[relay].follow(report.states[relay], hasSwitched: switched[relay], at: now)
        }
        remember(report.power)
        return expired + pulsed + changes
    }

    /// Keeps the power to compare with; those from before a socket was seen to switch say nothing any more.
    private mutating func remember(_ power: Double?) {
        for relay in Relay.allCases {
            if tracks[relay].notice() { powers = PowerWindow() }
            tracks[relay].learn()
        }
        if let power { powers.add(power) }
    }

    private mutating func noteStart(_ report: RelayReport, at instant: Date) {
        let isAnotherBoot = report.bootID.flatMap { new in bootID.map { $0 != new } } ?? false
        let ranForLess = report.uptime.flatMap { new in uptime.map { new < $0 } } ?? false
        let wasAway = newest.map { instant.timeIntervalSince($0) > Self.longestGap } ?? false
        if isAnotherBoot || ranForLess || wasAway {
            powers = PowerWindow()
            for relay in Relay.allCases { tracks[relay].interrupt(hasRestarted: isAnotherBoot || ranForLess) }
        }
        newest = instant
        bootID = report.bootID ?? bootID
        uptime = report.uptime ?? uptime
    }

    /// Where both relays switch in one reading, each allows for the other's load. Where one follows the other, nobody can
    /// tell their moves apart, unless the first had been seen to move.
    private mutating func mix(_ switched: PerRelay<Bool?>) {
        let steps = tracks.map(\.step)
        let loads = tracks.map(\.load)
        let isTogether = switched == PerRelay(true, true)
        for relay in Relay.allCases {
            guard let step = steps[relay], let other = steps[relay.other] else { continue }
            let isDisturbed = switched[relay.other] == true || (switched[relay] == true && !other.hasMoved)
            guard isDisturbed, step.foreign != nil else { continue }
            tracks[relay].mix(with: isTogether ? loads[relay.other] : nil, isOn: other.isOn)
        }
    }

    /// What to answer the device now; a queued order counts as sent with it.
    package mutating func answer(at now: Date) -> RelayAnswer {
        let changes =
            tick(at: now) + Relay.allCases.flatMap { tracks[$0].send(under: isAlone($0) ? amperes : nil, at: now) }
        return RelayAnswer(wanted: wanted, changes: changes)
    }

    /// Whether the other relay is closed and left so: else a move of the power could be its own.
    private func isAlone(_ relay: Relay) -> Bool {
        tracks[relay.other].reported == true && tracks[relay.other].order == nil && !tracks[relay.other].isCutOff
    }

    /// Ends what was not obeyed in time, for a device that says nothing.
    package mutating func tick(at now: Date) -> [RelayOrder] {
        Relay.allCases.flatMap { tracks[$0].expire(at: now) }
    }
}
