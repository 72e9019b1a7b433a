import Analysis
import Control
import Foundation
import Ingest
import Logging
import Metering
import Secrets
import Store
import Synchronization

/// The devices in memory: by the digest of their tokens for those that send, by their numbers for those who ask.
///
/// It is loaded from the database and follows its changes. What was loaded last is kept in a file, so that a daemon that starts
/// while the database is away knows its devices.
final class DeviceRoster: Sendable {
    /// A device that may send.
    struct Member: Sendable {
        let slot: DeviceSlot
        let entry: DeviceEntry
        let token: Digest
    }

    private struct State: Sendable {
        var members: [Int64: Member] = [:]
        var isKept = true
        var ids: [Digest: Int64] = [:]
        var isLoaded = false
        var clocks: [TimeZone: LocalClock] = [:]
    }

    private let state = Mutex(State())
    private let devices: DeviceStore
    private let rule: WriteRule
    private let alarms: LiveSettings
    private let file: URL
    private let logger: Logger

    /// - Parameter file: where the devices are kept, readable by their owner alone.
    init(_ devices: DeviceStore, rule: WriteRule, alarms: LiveSettings, file: URL, logger: Logger) {
        self.file = file
        self.devices = devices
        self.rule = rule
        self.alarms = alarms
        self.logger = logger
    }

    /// Whether the devices were read at all since the start.
    var isLoaded: Bool { state.withLock { $0.isLoaded } }

    /// The device, where there is one only; for the original's devices, which show no token.
    var onlyDevice: DeviceSlot? {
        state.withLock { $0.members.count == 1 ? $0.members.values.first?.slot : nil }
    }

    var count: Int { state.withLock { $0.members.count } }

    var all: [Member] {
        state.withLock { $0.members.values.sorted { $0.entry.device.id < $1.entry.device.id } }
    }

    func member(_ device: Int64) -> Member? {
        state.withLock { $0.members[device] }
    }

    func member(withToken digest: Digest) -> Member? {
        state.withLock { state in state.ids[digest].flatMap { state.members[$0] } }
    }

    /// The first device of a household, where the original knew one only.
    func members(of household: Int64) -> [Member] {
        all.filter { $0.entry.household?.id == household }
    }

    /// Reads all devices anew.
    func load() async throws {
        take(try await devices.directory(), replacing: nil)
        try keep()
    }

    /// Takes the devices as they were when they were last loaded, for want of the database; nothing where none were kept.
    func recall() throws {
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return }
        let entries = try PropertyListDecoder().decode([DeviceEntry].self, from: Data(contentsOf: file))
        take(entries, replacing: nil)
    }

    /// Keeps the devices in the file, if they have changed since.
    func keep() throws {
        let entries = state.withLock { state -> [DeviceEntry]? in
            defer { state.isKept = true }
            return state.isKept ? nil : state.members.sorted { $0.key < $1.key }.map(\.value.entry)
        }
        guard let entries else { return }
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        try encoder.encode(entries).write(to: file, options: .atomic)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: file.path(percentEncoded: false))
    }

    /// Reads some devices anew; one that is not there any more is forgotten.
    func reload(_ ids: [Int64]) async throws {
        take(try await devices.directory(of: ids), replacing: Set(ids))
    }

    /// Follows the changes that other processes make, until the task is cancelled; after a lost connection it loads all anew.
    func follow() async {
        while !Task.isCancelled {
            do {
                let changes = try await devices.changes()
                try await load()
                for try await device in changes { try await reload([device]) }
            } catch is CancellationError {
                return
            } catch {
                logger.debug("devices cannot be followed", metadata: ["reason": "\(error)"])
            }
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    private func take(_ directory: DeviceDirectory, replacing ids: Set<Int64>?) {
        for unreadable in directory.unreadable {
            logger.error(
                "a device cannot be used", metadata: ["device": "\(unreadable.id)", "reason": "\(unreadable.reason)"])
        }
        take(directory.entries, replacing: ids)
    }

    private func take(_ entries: [DeviceEntry], replacing ids: Set<Int64>?) {
        let present = entries.filter { !$0.device.isRevoked }
        state.withLock { state in
            let gone = ids ?? Set(state.members.keys)
            for id in gone.subtracting(present.map(\.device.id)) { Self.remove(id, from: &state) }
            for entry in present { enter(entry, into: &state) }
            state.isLoaded = true
            state.isKept = false
        }
    }

    private func enter(_ entry: DeviceEntry, into state: inout State) {
        guard let token = Digest(hex: entry.tokenHash) else { return }
        let profile = DeviceProfile(
            id: entry.device.id, name: entry.device.name, household: entry.household?.id,
            clock: Self.clock(of: entry.household?.zone ?? .gmt, in: &state), meters: entry.meter.map { [$0] } ?? [])
        let known = state.members[entry.device.id]
        // A device of another household or meter is another one to the daemon: nothing of what it was goes on.
        let isSame = known?.slot.profile.household == profile.household && known?.slot.profile.meters == profile.meters
        let slot = isSame ? known?.slot : nil
        slot?.withState { $0.profile = profile }
        Self.remove(entry.device.id, from: &state)
        state.members[entry.device.id] = Member(
            slot: slot ?? DeviceSlot(profile, rule: rule, alarms: alarms), entry: entry, token: token)
        state.ids[token] = entry.device.id
    }

    private static func clock(of zone: TimeZone, in state: inout State) -> LocalClock {
        if let known = state.clocks[zone] { return known }
        let clock = LocalClock(zone: zone)
        state.clocks[zone] = clock
        return clock
    }

    private static func remove(_ id: Int64, from state: inout State) {
        if let token = state.members.removeValue(forKey: id)?.token { state.ids[token] = nil }
    }
}
