package import Metering

/// One stated rounding: to which step, and which way a half (or any rest) goes.
package struct Rounding: Hashable, Sendable {
    package enum Mode: String, Sendable, CaseIterable {
        /// Half a step goes away from zero.
        case halfUp = "half_up"
        /// Half a step goes to the even neighbour.
        case halfEven = "half_even"
        /// Towards zero.
        case down
        /// Away from zero.
        case up
        /// Towards minus infinity.
        case floor
        /// Towards plus infinity.
        case ceil
    }

    /// A positive step: "0.01", "1", "10".
    package let step: Rate
    package let mode: Mode

    package init(to step: Rate, _ mode: Mode) {
        precondition(step.billionths > 0, "a rounding step is positive")
        self.step = step
        self.mode = mode
    }

    package func callAsFunction(_ amount: Amount) -> Amount {
        let step = Int128(step.billionths) * 1_000_000
        return Amount(femtos: steps(in: amount.femtos, of: step) * step)
    }

    /// A load or another number to steps of one.
    func callAsFunction(_ rate: Rate) -> Rate {
        let step = Int128(step.billionths)
        return Rate(billionths: Int64(steps(in: Int128(rate.billionths), of: step) * step))
    }

    /// Energy to steps of kilowatt-hours.
    package func callAsFunction(_ energy: Energy) -> Energy {
        let step = Int128(step.billionths)
        let rounded = steps(in: Int128(energy.milliwattHours) * 1000, of: step) * step
        return Energy(milliwattHours: Int64(rounded / 1000))
    }

    private func steps(in value: Int128, of step: Int128) -> Int128 {
        let quotient = value / step
        let rest = value % step
        guard rest != 0 else { return quotient }
        let away: Int128 = value < 0 ? -1 : 1
        let twice = rest.magnitude * 2
        let goesAway =
            switch mode {
            case .halfUp: twice >= step.magnitude
            case .halfEven: twice > step.magnitude || (twice == step.magnitude && quotient % 2 != 0)
            case .down: false
            case .up: true
            case .floor: value < 0
            case .ceil: value > 0
            }
        return goesAway ? quotient + away : quotient
    }
}
