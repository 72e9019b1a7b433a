/// What can be wrong with the readings of a register.
package enum Trap: String, Sendable, CaseIterable {
    case clean, glitch, reset, rollback, rollover, implausible, stall, gap, duplicate, late
    case clockJump = "clock jump"
    case replacement, coarse
    case singlePrecision = "float32"
    case mixture
}
