package import Metering

/// How the energy of a bill came from the meter's register, in decimal kilowatt-hours.
package struct ReceiptRegister: Codable, Hashable, Sendable {
    package struct Correction: Codable, Hashable, Sendable {
        package let reason: String
        package let kwh: String

        package init(reason: String, energy: Energy) {
            self.reason = reason
            kwh = energy.kilowattHoursText
        }
    }

    package let start: String
    package let end: String
    /// What the register had counted before each time it began again.
    package let resetsCredited: String
    /// The part of the energy whose place in time was not seen.
    package let estimated: String
    package let corrections: [Correction]

    package init(
        start: Energy, end: Energy, resetsCredited: Energy = .zero, estimated: Energy = .zero,
        corrections: [Correction] = []
    ) {
        self.start = start.kilowattHoursText
        self.end = end.kilowattHoursText
        self.resetsCredited = resetsCredited.kilowattHoursText
        self.estimated = estimated.kilowattHoursText
        self.corrections = corrections
    }

    /// Whether end less start, with what resets and corrections add, is the energy billed.
    func faults(energy: Energy) throws -> [String] {
        let sum = try value(end) - value(start) + value(resetsCredited) + corrections.map { try value($0.kwh) }.sum()
        guard sum != energy else { return [] }
        return ["the register gives \(sum.kilowattHoursText) kWh, the bill is for \(energy.kilowattHoursText) kWh"]
    }

    private func value(_ text: String) throws -> Energy {
        guard let energy = Energy(kilowattHours: text) else {
            throw BillingError(.badReceipt, "'\(text)' is not a number of kWh")
        }
        return energy
    }
}
