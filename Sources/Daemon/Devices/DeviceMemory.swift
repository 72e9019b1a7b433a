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
        /// Alarms of what went on, so that their alerts can end.
        let standing: [LiveAlarm]

        init(_ state: DeviceState) {
            detector = state.detector
            relays = state.relays.memory
            standing = state.standing
        }
    }

    /// Goes on where an earlier run ended, before the first reading of a device is taken. While the database is away the device
    /// begins anew: its next reading is stored, and nothing is lost.
    func resume(_ slot: DeviceSlot) async throws {
        guard !slot.withState({ $0.isResumed }), let member = roster.member(slot.profile.id) else { return }
        do { try await resume([member]) } catch  where error.isDatabaseAway { return }
    }

    /// The same for all devices, in few queries: for a daemon that starts.
    func resumeAll() async throws {
        try await resume(roster.all)
    }

    private func resume(_ members: [DeviceRoster.Member]) async throws {
        let ids = members.map(\.entry.device.id)
        let isOne = ids.count == 1
        let memories =
            isOne
            ? try await stores.devices.memory(of: ids[0]).map { [ids[0]: $0] } ?? [:]
            : try await stores.devices.memories()
        let cutOffs = Dictionary(
            grouping: try await stores.relays.standingCutOffs(of: isOne ? ids[0] : nil), by: { $0.device })
        let unsettled = Dictionary(grouping: try await stores.relays.unsettled(), by: { $0.device })
        for start in stride(from: 0, to: members.count, by: 1000) {
            let some = members[start..<min(start + 1000, members.count)]
            let meters: [Int64] = some.flatMap { member in member.slot.profile.meters.map(\.id) }
            let stored = try await stores.readings.newest(Self.readings, of: meters)
            for member in some {
                let id = member.entry.device.id
                let settled = resume(member, stored, memories[id], cutOffs[id] ?? [], unsettled[id] ?? [])
                if !settled.isEmpty { try await stores.relays.save(settled) }
            }
        }
    }

    /// - Returns: orders that were settled by it.
    private func resume(
        _ member: DeviceRoster.Member, _ stored: [Int64: [Reading]], _ memory: Data?, _ cutOffs: [RelayCutOff],
        _ unsettled: [RelayOrder]
    ) -> [RelayOrder] {
        let learned: Learned? = memory.flatMap { self.learned(of: member.entry.device.id, from: $0) }
        var board = RelayBoard(
            neverCut: member.entry.neverCut, cutOff: Set(cutOffs.map(\.relay)),
            remembering: learned?.relays ?? RelayMemory())
        var settled: [RelayOrder] = []
        for order in unsettled {
            let changes =
                order.isPulse ? board.abandon(order) : board.place(order, at: order.draft.orderedAt)
            settled += changes.filter(\.state.isFinal)
        }
        member.slot.withState { [board] state in
            let own = Dictionary(uniqueKeysWithValues: state.profile.meters.map { ($0.id, stored[$0.id] ?? []) })
            state.resume(from: own, relays: board, detector: learned?.detector, standing: learned?.standing ?? [])
        }
        return settled
    }

    /// What cannot be read is learned anew; it was written by another version.
    private func learned(of device: Int64, from bytes: Data) -> Learned? {
        do { return try PropertyListDecoder().decode(Learned.self, from: bytes) } catch {
            logger.notice(
                "what was learned of a device is begun anew", metadata: ["device": "\(device)", "reason": "\(error)"])
            return nil
        }
    }

    /// Keeps what was learned of all devices that have sent.
    func save(at now: Date) async throws {
        try await save(roster.all, at: now)
    }

    /// The same of one device: after an alarm, which a restart must know of.
    func save(_ device: Int64, at now: Date) async throws {
        if let member = roster.member(device) { try await save([member], at: now) }
    }

    private func save(_ members: [DeviceRoster.Member], at now: Date) async throws {
        var memories: [(device: Int64, memory: Data)] = []
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        for member in members {
            let learned = member.slot.withState { $0.isResumed ? Learned($0) : nil }
            if let learned { memories.append((member.entry.device.id, try encoder.encode(learned))) }
        }
        try await stores.devices.save(memories: memories, at: now)
    }
}
