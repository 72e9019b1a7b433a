/// Finds out whether a register is a sum in single precision, whose step swallows or inflates what is added to it.
///
/// Above 8192 kWh such a register moves by 0.977 Wh or not at all: at a reading each 5 s it never sees less than 350 W, and
/// shows 500 W as 700. Where the device tells its power, that is then the better witness.
struct SinglePrecision: Sendable {
    private var agreeing = 0
    private(set) var isProven = false
    /// The register's step, in milliwatt-hours.
    private var step: Int64 = 0

    /// Below 2048 kWh a step is a tenth of a watt-hour, and does no harm.
    static let harmfulFrom: Int64 = 2_048_000_000
    /// So many figures in a row must be ones that single precision can hold.
    private static let proof = 8
    /// An interval worth so many steps is counted well enough by the register.
    private static let harmlessSteps: Int64 = 8

    /// Takes a figure to which the register moved.
    mutating func see(_ register: Int64, resolution: Int64) {
        let kilowattHours = Float(Double(register) / Double(Energy.perKilowattHour))
        step = Int64(Double(kilowattHours.ulp) * Double(Energy.perKilowattHour))
        let shown = Int64((Double(kilowattHours) * Double(Energy.perKilowattHour)).rounded())
        agreeing = shown == register ? agreeing + 1 : 0
        isProven = agreeing >= Self.proof && resolution <= step * 3 / 2
    }

    /// Whether an interval with so much energy is better told by its power.
    func swallows(_ energy: Int64) -> Bool {
        energy > 0 && energy < step * Self.harmlessSteps
    }
}
