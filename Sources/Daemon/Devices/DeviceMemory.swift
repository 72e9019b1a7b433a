import Analysis
import Control
import Foundation
import Ingest
import Logging
import Metering
import Store

/// What is known of devices beyond the run of the daemon: their last readings, their relays, and what was learned of them.
struct DeviceMemory: Sendable {
    let stores: DaemonStores
    let roster: DeviceRoster
    let logger: Logger

    /// So many stored readings are looked at for ones that are sent twice.
    private static let readings = 8

    private struct Learned: Codable {
        let detector: LiveDetector
        let relays: RelayMemory
    }

    /// Goes on where an earlier run ended, before the first reading of a device is taken. While the database is away the device
    /// begins anew: its next reading is stored, and nothing is lost.
    func resume(_ slot: DeviceSlot) async throws {
        let (isResumed, profile) = slot.withState { ($0.isResumed, $0.profile) }
        guard !isResumed else { return }
        do {
            try await resume(slot, profile)
        } catch where error.isDatabaseAway {
            return
        }
    }

    private func resume(_ slot: DeviceSlot, _ profile: DeviceProfile) async throws {
        var stored: [Int64: [Reading]] = [:]
        for meter in profile.meters { stored[meter.id] = try await stores.readings.newest(Self.readings, of: meter) }
        let learned = try await learned(of: profile.id)
        let details = roster.member(profile.id)?.details
        let cutOffs = try await stores.relays.standingCutOffs(of: profile.id)
        let unsettled = try await stores.relays.unsettled().filter { $0.device == profile.id }
        slot.withState { state in
            var board = RelayBoard(
                neverCut: details?.neverCut ?? [], cutOff: Set(cutOffs.map(\.relay)),
                remembering: learned?.relays ?? RelayMemory())
            for order in unsettled { _ = board.place(order, at: order.draft.orderedAt) }
            state.resume(from: stored, relays: board, detector: learned?.detector)
        }
    }

    /// What cannot be read is learned anew; it was written by another version.
    private func learned(of device: Int64) async throws -> Learned? {
        guard let bytes = try await stores.devices.memory(of: device) else { return nil }
        do { return try PropertyListDecoder().decode(Learned.self, from: bytes) } catch {
            logger.notice("what was learned of a device is begun anew", metadata: ["device": "\(device)", "reason": "\(error)"])
            return nil
        }
    }

    /// Keeps what was learned of all devices that have sent.
    func save(at now: Date) async throws {
        var memories: [Int64: Data] = [:]
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        for member in roster.all {
            let learned = member.slot.withState { state in
                state.isResumed ? Learned(detector: state.detector, relays: state.relays.memory) : nil
            }
            if let learned { memories[member.details.device.id] = try encoder.encode(learned) }
        }
        try await stores.devices.remember(memories, at: now)
    }
}
