import Channels
import Control
import Foundation
import Ingest
import Metering
import Store

/// A device as the live page shows it.
struct LiveView: Encodable, Sendable {
    let device: Int64
    let name: String
    let household: String?
    let at: Int64?
    let age_ms: Int64?
    let voltage: Double?
    let current: Double?
    let power: Double?
    let energy_kwh: Double?
    let relay1: Bool?
    let relay2: Bool?
    let wanted1: Bool?
    let wanted2: Bool?
    let sockets: [String]
    let never_cut: [Int]
    let cut_off: [Int]
    let today_kwh: Double?
    let today_cost: String?
    let silent: Bool
    let at_least: Bool
    let cadence_s: Double

    init(_ state: DeviceState, _ entry: DeviceEntry, at now: Date, cost: String?) {
        let latest = state.latest
        device = state.profile.id
        name = state.profile.name
        household = entry.householdSlug
        at = latest?.at.milliseconds
        age_ms = latest.map { max(0, now.milliseconds - $0.at.milliseconds) }
        voltage = latest?.voltage.map(Self.plain)
        current = latest?.current.map(Self.plain)
        power = latest?.power.map(Self.plain)
        energy_kwh = latest?.register?.kilowattHours
        relay1 = latest?.relay1
        relay2 = latest?.relay2
        wanted1 = Self.wanted(.first, state.relays)
        wanted2 = Self.wanted(.second, state.relays)
        sockets = entry.socketNames
        never_cut = Self.numbers(state.relays.isNeverCut)
        cut_off = Self.numbers(state.relays.isCutOff)
        let isToday = state.today?.day.contains(now) ?? false
        today_kwh = isToday ? state.today?.energy.kilowattHours : nil
        today_cost = isToday ? cost : nil
        cadence_s = state.cadence
        silent = latest.map { now.timeIntervalSince($0.arrival) > max(60, 3 * state.cadence) } ?? true
        at_least = state.isClipping
    }

    /// What somebody wants of a relay; one that is opened for a moment stays on for all that.
    private static func wanted(_ relay: Relay, _ board: RelayBoard) -> Bool? {
        if let order = board.orders[relay], !order.isPulse { return order.isOn }
        return board.isCutOff[relay] ? false : nil
    }

    private static func numbers(_ relays: PerRelay<Bool>) -> [Int] {
        (relays.first ? [1] : []) + (relays.second ? [2] : [])
    }

    /// As the device wrote it: 228.3 and not 228.30000305.
    private static func plain(_ value: Float) -> Double {
        Double("\(value)") ?? Double(value)
    }
}
