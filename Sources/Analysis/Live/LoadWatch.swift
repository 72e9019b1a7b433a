import Foundation

/// What flows through both sockets of a device, against all that ever did.
///
/// `state` is 1 for the first relay closed, 2 for the second, 3 for both.
struct LoadWatch: Codable, Sendable {
    private var state = -1
    private var held = HeldPower()
    private var recent = HeldPower()
    private var spike = SpikeWatch()
    private var records = PowerRecords()
    private var runs = RunLengths()
    private var stuck = StuckWatch()
    private var restlessness = Restlessness()
    private var usual = (0..<4).map { _ in LevelHistogram() }
    private var sockets = [SwitchedLoad(), SwitchedLoad()]
    private var steps = StepTracker()
    private var book = LoadBook()
    private var active = ActiveLoads()
    private var newsSince: Double?

    /// Watts; a smaller new load is no news.
    private static let leastNews = 190.0
    /// Watts; no plug carries more (13 A at 230 V), so that more is two loads.
    private static let mostOfOne = 3000.0
    /// Seconds in which a machine that was given power begins its work.
    private static let programStart = 300.0
    /// Watts; a smaller step is noise.
    private static let leastStep = 20.0

    mutating func take(_ power: Double, state new: Int, _ moment: LiveMoment, _ settings: LiveSettings) -> [LoadFinding]
    {
        if !moment.isUnbroken { lose() }
        if new != state { change(to: new, moment) }
        held.take(power, of: settings.heldReadings)
        let load = follow(power, moment)
        let contact = stuckContact(power, moment)
        let more = tooMuch(power, load, moment, settings)
        // What was said of a contact is not said again because it is also too much.
        let isSaid = more?.kind == .stuckRelay && stuck.openSince != nil
        let findings = [contact, isSaid ? nil : more, leftOn(power, moment)]
        usual[new].take(power)
        recent.take(power, of: 3)
        restlessness.take(power)
        return findings.compactMap { $0 }
    }

    func openSince(_ kind: LiveAlarm.Kind) -> Double? {
        switch kind {
        case .heavier, .twoAtOnce: records.openSince ?? newsSince
        case .leftOn: runs.openSince
        case .spike: spike.openSince
        default: stuck.openSince ?? records.openSince
        }
    }

    /// What happened while nothing was heard is not known.
    private mutating func lose() {
        held.forget()
        recent.forget()
        restlessness.forget()
        spike.forget()
        stuck.forget()
        steps.forget()
    }
}

extension LoadWatch {
    private mutating func change(to new: Int, _ moment: LiveMoment) {
        let before = recent.median
        held.forget()
        recent.forget()
        restlessness.forget()
        stuck.forget()
        for socket in 0..<2 {
            switch (sockets[socket].isOn, new & (1 << socket) != 0) {
            case (nil, let isOn): sockets[socket].begin(isOn: isOn)
            case (false, true): sockets[socket].switchOn(at: moment.at, powerBefore: before)
            case (true, false):
                sockets[socket].switchOff(at: moment.at)
                active.remove(socket: socket)
                stuck.begin(socket: socket, before: before)
            default: break
            }
        }
        state = new
    }

    /// Follows the steps of power.
    ///
    /// - Returns: the load that was switched on, if one was.
    private mutating func follow(_ power: Double, _ moment: LiveMoment) -> ActiveLoads.Load? {
        active.keep(within: power)
        if active.loads.allSatisfy({ !$0.isNovel }) { newsSince = nil }
        guard let step = steps.take(power, at: moment.at) else { return nil }
        guard step.size > 0 else {
            active.remove(-step.size)
            return nil
        }
        guard step.size >= Self.leastStep else { return nil }
        let isNovel =
            !moment.isLearning && step.isClean && step.size >= Self.leastNews && book.isNovel(step.size)
        let load = ActiveLoads.Load(
            size: step.size, at: step.at, odds: odds(of: step.size, since: step.at, moment), isNovel: isNovel)
        active.add(load)
        if !isNovel { book.learn(step.size, day: moment.day, socket: plainSocket(at: step.at, moment)) }
        return load
    }

    /// The socket on which a load that began at `instant` must hang: the only one that was on, or one just switched on.
    private func plainSocket(at instant: Double, _ moment: LiveMoment) -> Int? {
        onlySocket(at: instant) ?? freshSocket(at: instant, within: max(120, 3 * moment.pace))
    }

    /// The relays may have been switched since.
    private func onlySocket(at instant: Double) -> Int? {
        let on = (0..<2).filter { sockets[$0].wasOn(at: instant) }
        return on.count == 1 ? on[0] : nil
    }

    /// The only socket that was switched on at most so many seconds before.
    private func freshSocket(at instant: Double, within seconds: Double) -> Int? {
        let fresh = (0..<2).filter { socket in
            sockets[socket].onSince.map { instant >= $0 && instant - $0 <= seconds } ?? false
        }
        return fresh.count == 1 ? fresh[0] : nil
    }

    private func odds(of size: Double, since instant: Double, _ moment: LiveMoment) -> SocketOdds {
        if let socket = onlySocket(at: instant) {
            // What no plug carries hangs elsewhere behind the sensor, whatever the relays say.
            return SocketOdds(socket, size > Self.mostOfOne ? 0.6 : 0.9)
        }
        let known = book.odds(of: size)
        let prompt = max(60, 1.5 * moment.pace)
        if let socket = freshSocket(at: instant, within: prompt) { return known.weighing(socket, 9) }
        return freshSocket(at: instant, within: Self.programStart).map { known.weighing($0, 3) } ?? known
    }
}

extension LoadWatch {
    private mutating func stuckContact(_ power: Double, _ moment: LiveMoment) -> LoadFinding? {
        switch stuck.take(power, state: state, at: moment.at, usual: usual[state], chance: restlessness.chance, sockets)
        {
        case .quiet: return nil
        case .fellAway(let watts, let socket):
            sockets[socket].learn(drop: watts, chance: restlessness.chance(of: watts))
            if watts >= Self.leastStep { book.witness(watts, socket: socket) }
            return nil
        case .stuck(let socket, let excess):
            return LoadFinding(.stuckRelay, excess, SocketOdds(socket, 0.95))
        }
    }

    private mutating func tooMuch(
        _ power: Double, _ load: ActiveLoads.Load?, _ moment: LiveMoment, _ settings: LiveSettings
    ) -> LoadFinding? {
        let record = records.take(held.held, power: power, state: state, moment)
        let isNews =
            settings.spikeRule == .always || (settings.spikeRule == .untilKnown && moment.isLearning && record != nil)
        let spike = spike.take(power, at: moment.at, isNews: isNews, settings)
        if let spike { return name(spike, .spike, power, moment) }
        guard !moment.isLearning else { return nil }
        var news: Excess?
        if let load { news = newLoad(load, power, moment) }
        let worst = [record, news].compactMap { $0 }.max { $0.score < $1.score }
        return worst.map { name($0, .heavier, power, moment) }
    }

    private mutating func newLoad(_ load: ActiveLoads.Load, _ power: Double, _ moment: LiveMoment) -> Excess? {
        guard load.isNovel, book.isNews(load.size, moment, socket: plainSocket(at: load.at, moment)) else { return nil }
        newsSince = moment.at
        let rate = book.noveltyRate(after: moment.day)
        return Excess(score: 1 - log(rate + 0.1) / 2, observed: power, usual: power - load.size)
    }

    private mutating func leftOn(_ power: Double, _ moment: LiveMoment) -> LoadFinding? {
        guard let run = runs.take(power, moment) else { return nil }
        let load = active.load(begunAt: run.since, within: 4 * moment.pace)
        return LoadFinding(.leftOn, run.excess, load?.odds ?? oddsOfState)
    }

    private var oddsOfState: SocketOdds {
        switch state {
        case 1: SocketOdds(0, 0.9)
        case 2: SocketOdds(1, 0.9)
        default: SocketOdds(first: 0.5)
        }
    }
}

extension LoadWatch {
    /// One load that is heavier than any, two at once, or one whose relay has just been switched off.
    private func name(
        _ excess: Excess, _ kind: LiveAlarm.Kind, _ power: Double, _ moment: LiveMoment
    ) -> LoadFinding {
        let latest = active.load(begunAt: moment.at, within: 6 * moment.pace)
        if let socket = justSwitchedOff(since: latest?.at, moment) {
            return LoadFinding(.stuckRelay, excess, SocketOdds(socket, sockets[socket].fell ? 0.7 : 0.9))
        }
        // The newest reading knows more than the least of the last ones.
        let rise = steps.level.map { power - $0 } ?? 0
        let size = latest?.size ?? (rise > 0 ? rise : excess.observed - excess.usual)
        if state == 3, size > Self.mostOfOne || isTwo(excess, latest) {
            // More than two plugs carry runs in the house too.
            let probability = excess.observed > 2 * Self.mostOfOne ? 0.5 : 0.8
            return LoadFinding(kind == .spike ? kind : .twoAtOnce, excess, socket: .both, probability: probability)
        }
        return LoadFinding(kind, excess, latest?.odds ?? odds(of: size, since: moment.at - 2 * moment.pace, moment))
    }

    /// The socket whose relay was reported off a few readings ago: what is too much without it may still run on it.
    ///
    /// - Parameter begun: when a load began that explains it, if it is not from before the off.
    private func justSwitchedOff(since begun: Double?, _ moment: LiveMoment) -> Int? {
        (0..<2).first { socket in
            sockets[socket].offSince.map { moment.at - $0 <= 20 * moment.pace && begun ?? 0 < $0 } ?? false
        }
    }

    /// Whether two known loads make up a record.
    private func isTwo(_ excess: Excess, _ latest: ActiveLoads.Load?) -> Bool {
        guard let latest, !latest.isNovel else { return false }
        let other = active.loads.filter { $0.at != latest.at && $0.size >= 200 }.max { $0.size < $1.size }
        guard let other else { return false }
        return latest.size < 0.85 * excess.observed && other.size + latest.size > 0.7 * excess.observed
    }
}
