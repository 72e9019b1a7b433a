import Foundation
package import Logging
import Metering
import Postgres
package import Store
import Synchronization

/// Brings rows to safety: into the database, or into the spool as long as it is away, and from there into the database later.
package final class ReadingWriter: Sendable {
    private let readings: ReadingStore
    private let spool: Spool
    private let logger: Logger
    private let outage = Mutex<Outage?>(nil)

    private struct Outage: Sendable {
        /// When the database may be asked again.
        var retry: ContinuousClock.Instant
    }

    private static let patience = Duration.seconds(1)

    package init(_ readings: ReadingStore, spool: Spool, logger: Logger) {
        self.readings = readings
        self.spool = spool
        self.logger = logger
    }

    /// Whether the database answered when it was last needed.
    package var isDatabaseThere: Bool {
        outage.withLock { $0 == nil }
    }

    /// Takes another's word that the database is away; the next rows ask it themselves.
    package func supposeAway() {
        outage.withLock { $0 = $0 ?? Outage(retry: .now) }
    }

    /// Bytes that wait in the spool.
    package var spooled: Int { spool.size }

    package var isSpoolFull: Bool { spool.isFull }

    /// Returns when the rows are on disk, in the database or in the spool.
    package func write(_ rows: [StoredReading]) async throws {
        if spool.isEmpty, await store(rows) { return }
        try spool.append(rows)
    }

    /// - Returns: false when the database is away.
    private func store(_ rows: [StoredReading]) async -> Bool {
        if let outage = outage.withLock({ $0 }), ContinuousClock.now < outage.retry { return false }
        do {
            try await insert(rows)
            note(nil)
            return true
        } catch let error as PostgresError where error.isAway {
            note(error)
            return false
        } catch {
            return await storeEach(rows)
        }
    }

    /// A row that the database refuses by itself must not stop the others: it is set aside and told.
    private func storeEach(_ rows: [StoredReading]) async -> Bool {
        for row in rows {
            do { try await insert([row]) } catch let error as PostgresError where error.isAway {
                note(error)
                return false
            } catch {
                logger.error(
                    "a reading was refused by the database", metadata: ["meter": "\(row.meter)", "reason": "\(error)"])
                do { try spool.setAside([row]) } catch {
                    logger.critical("a refused reading could not be set aside", metadata: ["reason": "\(error)"])
                    return false
                }
            }
        }
        return true
    }

    private func insert(_ rows: [StoredReading]) async throws {
        let byMeter = Dictionary(grouping: rows, by: \.meter).sorted { $0.key < $1.key }
        _ = try await readings.insert(
            byMeter.map { meter, rows in (meter: meter, readings: rows.map(\.reading).sorted { $0.at < $1.at }) })
    }

    /// Notes that the database is away or back; each change is logged once.
    private func note(_ error: PostgresError?) {
        let wasAway = outage.withLock { outage in
            defer { outage = error.map { _ in Outage(retry: .now + Self.patience) } }
            return outage != nil
        }
        if let error, !wasAway {
            logger.warning("the database is away; readings go to the spool", metadata: ["reason": "\(error)"])
        } else if error == nil, wasAway {
            logger.notice("the database is back")
        }
    }

    /// Moves what waits in the spool into the database as soon as that answers, until the task is cancelled.
    package func replay() async {
        while !Task.isCancelled {
            do {
                while try await replayOldest() {}
                try await Task.sleep(for: Self.patience)
            } catch is CancellationError {
                return
            } catch {
                logger.error("the spool cannot be replayed", metadata: ["reason": "\(error)"])
                do { try await Task.sleep(for: Self.patience) } catch { return }
            }
        }
    }

    private func replayOldest() async throws -> Bool {
        guard let (segment, rows) = try spool.oldest() else { return false }
        for start in stride(from: 0, to: rows.count, by: 5000) {
            guard await store(Array(rows[start..<min(start + 5000, rows.count)])) else { return false }
        }
        try spool.remove(segment)
        logger.notice("readings moved from the spool into the database", metadata: ["rows": "\(rows.count)"])
        return true
    }
}
