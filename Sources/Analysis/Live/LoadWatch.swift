import Foundation

/// What flows through both sockets of a device, against all that ever did.
struct LoadWatch: Codable, Sendable {
    private var held: HeldPower
    private var recent = HeldPower(readings: 3)
    private var records = PowerRecords()
    private var runs = RunLengths()
    private var stuck = StuckWatch()
    private var usual = (0..<4).map { _ in LevelHistogram() }
    private var sockets = [SwitchedLoad(), SwitchedLoad()]
    private var state = -1

    init(_ settings: LiveSettings) {
        held = HeldPower(readings: settings.heldReadings)
    }

    struct Moment {
        let at: Double
        let day: Int
        let isLearning: Bool
        let isUnbroken: Bool
    }

    struct Finding {
        let kind: LiveAlarm.Kind
        let socket: LiveAlarm.Socket
        let probability: Double
        let excess: Excess
    }

    mutating func take(_ power: Double, state new: Int, _ moment: Moment) -> [Finding] {
        var found: [Finding] = []
        if !moment.isUnbroken {
            held.forget()
            recent.forget()
            stuck.forget()
        }
        if new != state { change(to: new, at: moment) }
        held.take(power)
        if let finding = stuck.take(
            power, state: new, at: moment.at, usual: usual[new], socket: { sockets[$0] },
            learn: { sockets[$0].learn(drop: $1) }), !moment.isLearning
        {
            found.append(
                Finding(
                    kind: .stuckRelay, socket: finding.socket == 0 ? .one : .two, probability: 0.95, excess: finding.excess))
        }
        if let excess = records.take(
            held.held, power: power, state: new, at: moment.at, day: moment.day, isLearning: moment.isLearning)
        {
            found.append(Finding(kind: .heavier, socket: new == 3 ? .both : new == 1 ? .one : .two, probability: 0.5, excess: excess))
        }
        if let excess = runs.take(power, at: moment.at, day: moment.day, isLearning: moment.isLearning) {
            found.append(Finding(kind: .leftOn, socket: new == 1 ? .one : .two, probability: 0.5, excess: excess))
        }
        usual[new].take(power)
        recent.take(power)
        return found
    }

    private mutating func change(to new: Int, at moment: Moment) {
        held.forget()
        let before = moment.isUnbroken ? recent.median : nil
        stuck.forget()
        for socket in 0..<2 {
            let isOn = new & (1 << socket) != 0
            guard sockets[socket].isOn != isOn else { continue }
            if sockets[socket].isOn == nil {
                sockets[socket].begin(isOn: isOn)
            } else if isOn {
                sockets[socket].switchOn(at: moment.at, powerBefore: before)
            } else {
                sockets[socket].switchOff()
                stuck.begin(socket: socket, before: before)
            }
        }
        state = new
        recent.forget()
    }

    func openSince(_ kind: LiveAlarm.Kind) -> Double? {
        switch kind {
        case .heavier, .twoAtOnce: records.openSince
        case .leftOn: runs.openSince
        default: stuck.openSince
        }
    }
}
