/// What is made of a step that is not counting, once the readings that follow confirm it.
struct Verdict: Sendable {
    let kind: RegisterEvent.Kind
    let rule: RegisterEvent.Rule
    /// Milliwatt-hours.
    let credited: Int64
    /// Whether the register that counts on is to show nothing until it passes its old figure.
    var standsAtHighWater = false

    /// Whether the same register counts before and after.
    var isContinuous: Bool { kind != .replacement }

    func quality(isObserved: Bool) -> Quality {
        switch kind {
        case .rollover, .correction: isObserved ? .measured : .estimated
        default: .afterReset
        }
    }
}

extension Verdict {
    /// - A register next to its last figure that goes on from low ones has rolled over; the step is exact.
    /// - One that fell by no more than a flash is old was restored late. What it counts from the lower figure on is new: the
    ///   energy between both was counted before the power cut and is not counted again, because counting goes on from the
    ///   high-water mark. But where the device's numbers say that it did not start anew, nothing was restored: the fall is an
    ///   error of display, and the register stands at the high-water mark until it passes it.
    /// - One that shows no more than can have flowed since the last reading began again at zero, and is credited with that.
    /// - Anything else is another register, and nothing is credited across the change.
    init(from earlier: Sample, to later: Sample, _ bounds: RegisterBounds) {
        guard later.register < earlier.register else {
            self.init(kind: .replacement, rule: .countedOn, credited: 0)
            return
        }
        let hasRestarted = later.hasRestarted(since: earlier)
        let rule: RegisterEvent.Rule = hasRestarted == true ? .restarted : .countedOn
        if let energy = bounds.rollover(from: earlier, to: later) {
            self.init(kind: .rollover, rule: .nearModulus, credited: energy)
        } else if bounds.canBeRestored(later, after: earlier) {
            let isDisplay = hasRestarted == false
            self.init(
                kind: .rollback, rule: isDisplay ? .notRestarted : rule, credited: 0, standsAtHighWater: isDisplay)
        } else if later.register <= bounds.most(in: later.at - earlier.at) {
            self.init(kind: .reset, rule: rule, credited: later.register)
        } else {
            self.init(kind: .replacement, rule: rule, credited: 0)
        }
    }

    /// What a person ruled.
    init(_ ruling: Correction.Ruling, from earlier: Sample, to later: Sample) {
        switch ruling {
        case .counted:
            self.init(kind: .correction, rule: .person, credited: max(0, later.register - earlier.register))
        case .reset:
            self.init(kind: .reset, rule: .person, credited: later.register)
        case .rollback:
            self.init(kind: .rollback, rule: .person, credited: 0)
        case .rollover(let modulus):
            let energy = modulus.milliwattHours - earlier.register + later.register
            self.init(kind: .rollover, rule: .person, credited: max(0, energy))
        case .leaveOut, .replacement:
            self.init(kind: .replacement, rule: .person, credited: 0)
        }
    }
}
