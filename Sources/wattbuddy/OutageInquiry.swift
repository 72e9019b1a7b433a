import Foundation
import Metering
import Store

/// Looks for the causes of outages: in the readings around them, and in who else was heard meanwhile.
struct OutageInquiry {
    let stores: Stores
    let asOf: Date
    /// The meters that are billed, by the number of their household: devices that may have been heard.
    let mains: [(household: Int64, meter: Int64)]

    /// A few devices of other homes tell whether the server listened.
    private static let mostElsewhere = 5

    func outages(of task: MeterTask, silences: [Range<Date>]) async throws -> [Outage] {
        let others = try await otherDevices(of: task)
        let elsewhere = mains.filter { $0.household != task.household.id }.prefix(Self.mostElsewhere).map(\.meter)
        var found: [Outage] = []
        for silence in silences {
            let around =
                silence.lowerBound.addingTimeInterval(
                    -OutageLedger.margin)..<silence.upperBound.addingTimeInterval(OutageLedger.margin)
            let history = try await stores.readings.history(of: task.meter, in: around, knownBy: asOf)
            let heard = try await stores.readings.instants(
                of: others + elsewhere, in: around.lowerBound..<min(around.upperBound, asOf))
            let limits = task.meter.limits
            let ledger = OutageLedger(
                of: history, repaired: RepairedRegister(history, limits: limits, on: task.clock), limits: limits,
                household: Self.silences(of: others, heard, limits),
                elsewhere: Self.silences(of: elsewhere, heard, limits))
            found += ledger.outages.filter { $0.period == silence }
        }
        return found
    }

    private static func silences(of meters: [Int64], _ heard: [Int64: [Date]], _ limits: RegisterLimits)
        -> [DeviceSilence]
    {
        meters.compactMap { meter in
            heard[meter].map { DeviceSilence(heardAt: $0, after: limits.gapAfter) }
        }
    }

    /// Meters of the home that another board carries: what one board measures falls silent together.
    private func otherDevices(of task: MeterTask) async throws -> [Int64] {
        guard let own = task.meter.device else { return [] }
        return try await stores.households.meters(of: task.household).filter { meter in
            meter.device.map { $0 != own } ?? false
        }.map(\.id)
    }
}
