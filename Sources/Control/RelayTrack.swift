import Foundation

/// Where one relay stands: its order, what holds it open, and what it is seen to do.
struct RelayTrack: Sendable {
    private(set) var order: RelayOrder?
    var isCutOff = false
    var isNeverCut = false
    /// As the device reported it last.
    private(set) var reported: Bool?
    var load: Double?
    /// The last thing it obeyed was to open, and it has not been closed since.
    var isHeldOff = false
    /// The device has started anew and has not yet told how the relay stands.
    private var hasRestarted = false
    /// It came back closed although it had obeyed to open: its memory was older.
    private var isToOpenAgain = false
    private(set) var step: PowerStep?
    /// It was or may have been opened for a moment, and has not been seen closed since.
    var isToClose = false

    /// What the answer to the device asks for; nil when there is nothing to ask.
    var wanted: Bool? {
        if isCutOff { return false }
        if let order, order.isPending, !order.isPulse { return order.isOn }
        if isToClose { return true }
        return isToOpenAgain ? false : reported
    }

    // MARK: Orders

    /// - Returns: the order that it replaces, and the order as it stands.
    mutating func place(_ new: RelayOrder, at now: Date) -> [RelayOrder] {
        if new.isPulse { return place(pulse: new, at: now) }
        var changes = replace(at: now)
        order = new
        if new.isOn ? isCutOff : isNeverCut { return changes + replace(at: now) }
        isToOpenAgain = false
        isToClose = false
        changes.append(new)
        return changes
    }

    /// Whatever else is ordered goes before it.
    private mutating func place(pulse new: RelayOrder, at now: Date) -> [RelayOrder] {
        guard order == nil, reported == true, !isCutOff, !isNeverCut else {
            var refused = new
            refused.settle(as: .replaced, at: now)
            return [refused]
        }
        order = new
        return [new]
    }

    /// Takes back a pulse that was not sent yet.
    mutating func withdraw(_ pulse: Int64, at now: Date) -> [RelayOrder] {
        guard let order, order.isPulse, order.id == pulse, order.state == .queued else { return [] }
        return replace(at: now)
    }

    private mutating func replace(at now: Date) -> [RelayOrder] {
        settle(as: StepVerdict(.replaced), at: now)
    }

    mutating func cutOff(at now: Date) -> [RelayOrder] {
        isCutOff = true
        isToClose = false
        return order.map { $0.isOn || $0.isPulse ? replace(at: now) : [] } ?? []
    }

    mutating func protect(_ isProtected: Bool, at now: Date) -> [RelayOrder] {
        isNeverCut = isProtected
        guard isProtected else { return [] }
        isToOpenAgain = false
        return order.map { $0.isPending && !$0.isOn ? replace(at: now) : [] } ?? []
    }

    /// - Parameter amperes: what flows now; nil when a relay may not be opened for a moment under it.
    mutating func send(under amperes: Double?, at now: Date) -> [RelayOrder] {
        guard order?.state == .queued else { return [] }
        if let pulse = order?.draft.pulse {
            guard reported == true, let amperes, amperes < pulse.belowAmperes else {
                return settle(as: StepVerdict(.expired), at: now)
            }
            isToClose = true
        }
        order?.send(at: now)
        return order.map { [$0] } ?? []
    }

    /// Ends an order that was not obeyed in time, or of which no reading tells any more.
    mutating func expire(at now: Date) -> [RelayOrder] {
        guard let order else { return [] }
        if order.isPending {
            guard now >= order.draft.expiresAt else { return [] }
            return settle(as: StepVerdict(.expired), at: now)
        }
        guard let obeyed = order.acknowledgedAt, now.timeIntervalSince(obeyed) >= Self.patience else { return [] }
        return settle(as: StepVerdict(.unconfirmed), at: now)
    }

    /// Seconds after which an order that was obeyed no longer waits for readings.
    private static let patience = 600.0

    private mutating func settle(as verdict: StepVerdict, at now: Date) -> [RelayOrder] {
        guard var settled = order else { return [] }
        settled.settle(as: verdict.state, at: now, wattsBefore: verdict.before, wattsAfter: verdict.after)
        order = nil
        return [settled]
    }

    // MARK: Readings

    /// Takes what the device measured while the relay was open for a moment. How it stands is told by the states, as ever.
    mutating func take(_ report: PulseReport, at now: Date) -> [RelayOrder] {
        guard let sent = order, sent.isPulse, sent.state == .sent, sent.id == report.order else { return [] }
        guard let before = report.before else { return settle(as: StepVerdict(.expired), at: now) }
        order?.acknowledge(at: now)
        let obeyed = order.map { [$0] } ?? []
        let hasFallen = report.open.map { before - $0 >= PowerStep.leastMove } ?? false
        let verdict = StepVerdict(hasFallen ? .confirmed : .unconfirmed, before: before, after: report.open)
        return obeyed + settle(as: verdict, at: now)
    }

    /// The device started anew, or was away too long for its powers to be compared.
    mutating func interrupt(hasRestarted: Bool) {
        step = nil
        if hasRestarted { self.hasRestarted = true }
    }

    /// - Returns: whether the relay switched, as its device tells; nil when it does not.
    mutating func report(_ isOn: Bool?, power: Double?, before: PowerWindow) -> Bool? {
        step?.add(power)
        guard let isOn else { return nil }
        remember(isOn)
        defer { reported = isOn }
        guard let reported, reported != isOn else { return false }
        step = PowerStep(isOn: isOn, before: before)
        step?.add(power)
        return true
    }

    private mutating func remember(_ isOn: Bool) {
        if isOn && isHeldOff && hasRestarted && !isNeverCut {
            isToOpenAgain = true
        } else if isOn && !isToOpenAgain {
            isHeldOff = false
        }
        if !isOn {
            isToOpenAgain = false
            if isCutOff { isHeldOff = true }
        }
        hasRestarted = false
    }

    /// - Returns: whether the power has moved with this reading as it should: then only later powers are compared.
    mutating func notice() -> Bool {
        let hadMoved = step?.hasMoved ?? true
        step?.notice(knowing: load)
        return !hadMoved && step?.hasMoved == true
    }

    mutating func mix(with load: Double?, isOn: Bool) {
        step?.mix(with: load, isOn: isOn)
    }

    /// Follows the order after a reading that told `isOn` of its relay.
    ///
    /// - Parameter hasSwitched: whether this reading is the first to tell so; nil when it did not tell.
    mutating func follow(_ isOn: Bool?, hasSwitched: Bool?, at now: Date) -> [RelayOrder] {
        guard order?.isPulse != true else { return [] }
        if isOn == true { isToClose = false }
        if let isOn, order?.state == .sent, order?.isOn == isOn {
            order?.acknowledge(at: now)
            isHeldOff = !isOn
            let obeyed = order.map { [$0] } ?? []
            // A relay that stood so already moves no power.
            if hasSwitched != true { step = nil }
            return obeyed + judge(at: now)
        }
        return judge(at: now)
    }

    private mutating func judge(at now: Date) -> [RelayOrder] {
        guard let order, order.state == .acknowledged else { return [] }
        guard let step, step.isOn == order.isOn else {
            return settle(as: StepVerdict(.unconfirmed), at: now)
        }
        return step.verdict(knowing: load).map { settle(as: $0, at: now) } ?? []
    }

    /// Takes what a whole step says of the load; a contact that did not open says nothing.
    mutating func learn() {
        guard let step, step.isComplete else { return }
        if let measured = step.load, step.verdict(knowing: load)?.state != .stuck { load = measured }
        self.step = nil
    }
}
