package import Foundation

/// Something a register did that is not counting: what was seen, and what was made of it.
package struct RegisterEvent: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Readings that the next ones disown were left out.
        case glitch
        /// The register began again at zero.
        case reset
        /// A small step back after a power cut.
        case rollback
        /// The register reached its last figure and went on from zero.
        case rollover
        /// A step up beyond what the breaker allows was left out.
        case implausible
        /// A step that later readings confirm: another register from here on.
        case replacement
        /// The register stood still while power flowed; the energy is reckoned from the power.
        case stall
        /// The device repeated one figure of power for ten hours, as no home does.
        case stuck
        /// No reading for too long; the energy is spread over the time.
        case gap
        /// Two readings of one instant disagree.
        case duplicate
        /// Readings whose sequence contradicts their time: a clock was wrong.
        case clockJump
        /// A person set the consumption of a period.
        case correction
    }

    /// What decided the verdict.
    package enum Rule: String, Sendable, CaseIterable {
        /// The next readings go on from before, as if nothing had been.
        case cameBack
        /// Later readings count on from the new level.
        case countedOn
        /// The device started anew.
        case restarted
        /// The device did not start anew, so the register cannot have fallen.
        case notRestarted
        /// The old figure lies next to one at which registers begin again.
        case nearModulus
        /// Nothing that came later tells; left out until something does.
        case unconfirmed
        /// Power flowed for ten minutes, and more than the register's least step.
        case powerFlowed
        /// The register is a sum in single precision, too coarse for what was added.
        case singlePrecision
        /// The same figure again and again.
        case sameFigure
        /// Longer without a reading than the meter's heartbeat.
        case silence
        /// Of the readings for one instant the first in order stays.
        case firstStays
        /// The device's own numbers are out of order.
        case sequence
        /// A person overruled it.
        case person
    }

    package let kind: Kind
    /// From the last good reading to the one that closes the matter.
    package let period: Range<Date>
    package let before: Energy
    package let after: Energy
    /// What was counted as used over the period.
    package let credited: Energy
    /// Nil for events that were stored without it.
    package let rule: Rule?

    package init(
        kind: Kind, period: Range<Date>, before: Energy, after: Energy, credited: Energy, rule: Rule? = nil
    ) {
        self.kind = kind
        self.period = period
        self.before = before
        self.after = after
        self.credited = credited
        self.rule = rule
    }
}

extension RegisterEvent {
    init(_ kind: Kind, _ rule: Rule, from earlier: Sample, to later: Sample, credited: Int64) {
        self.init(
            kind: kind, period: Date(microseconds: earlier.at)..<Date(microseconds: later.at),
            before: Energy(milliwattHours: earlier.register), after: Energy(milliwattHours: later.register),
            credited: Energy(milliwattHours: credited), rule: rule)
    }
}
