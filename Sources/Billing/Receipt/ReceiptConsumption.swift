import Metering

/// What the meter said, in decimal kilowatt-hours.
package struct ReceiptConsumption: Codable, Hashable, Sendable {
    package let kwh: String
    package let kwhByPeriod: [String: String]
    package let exportKwh: String
    package let exportKwhByPeriod: [String: String]
    package let generationKwh: String?
    package let bankedKwh: String
    package let demand: String?
    /// `2026-07-01T16:00 1.25`, in order of time.
    package let hours: [String]

    init(_ consumption: MeteredConsumption) {
        kwh = consumption.energy.kilowattHoursText
        kwhByPeriod = consumption.byPeriod.mapValues(\.kilowattHoursText)
        exportKwh = consumption.export.kilowattHoursText
        exportKwhByPeriod = consumption.exportByPeriod.mapValues(\.kilowattHoursText)
        generationKwh = consumption.generation?.kilowattHoursText
        bankedKwh = consumption.banked.kilowattHoursText
        demand = consumption.demand?.description
        hours = consumption.hours.map(\.receiptText)
    }

    func consumption() throws -> MeteredConsumption {
        MeteredConsumption(
            try energy(kwh), byPeriod: try kwhByPeriod.mapValues(energy), export: try energy(exportKwh),
            exportByPeriod: try exportKwhByPeriod.mapValues(energy), generation: try generationKwh.map(energy),
            banked: try energy(bankedKwh), demand: demand.flatMap(Rate.init), hours: try hours.map(hour))
    }

    private func energy(_ text: String) throws -> Energy {
        guard let energy = Energy(kilowattHours: text) else {
            throw BillingError(.badReceipt, "'\(text)' is not a number of kWh")
        }
        return energy
    }

    private func hour(_ text: String) throws -> HourConsumption {
        let parts = text.split(separator: " ").map(String.init)
        let clock = parts.first?.suffix(5).split(separator: ":").compactMap { Int($0) } ?? []
        guard parts.count == 2, clock.count == 2, let day = LocalDate(String(parts[0].prefix(10))) else {
            throw BillingError(.badReceipt, "'\(text)' is not an hour and its kWh")
        }
        return HourConsumption(day: day, minute: clock[0] * 60 + clock[1], energy: try energy(parts[1]))
    }
}

extension HourConsumption {
    fileprivate var receiptText: String {
        "\(day)T\(clockText(minute: minute)) \(energy.kilowattHoursText)"
    }
}
