import ArgumentParser
import Foundation
import Postgres
import Store

/// The database, by what is kept in it.
struct Stores: Sendable {
    let database: Database
    let households: HouseholdStore
    let readings: ReadingStore
    let consumption: ConsumptionStore
    let corrections: CorrectionStore
    let analysis: AnalysisStore
    let findings: FindingStore
    let tariffs: TariffStore
    let bills: BillStore
    let mails: MailStore
    let runs: RunStore

    private init(_ configuration: Database.Configuration) {
        database = Database(configuration)
        households = HouseholdStore(database)
        readings = ReadingStore(database)
        consumption = ConsumptionStore(database)
        corrections = CorrectionStore(database)
        analysis = AnalysisStore(database)
        findings = FindingStore(database)
        tariffs = TariffStore(database)
        bills = BillStore(database)
        mails = MailStore(database)
        runs = RunStore(database)
    }

    /// The configured database, else the private cluster, which is started when it does not run.
    ///
    /// - Parameter migrates: whether to bring a configured database up to date; the private one always is.
    static func open(_ settings: Settings, migrates: Bool = false) async throws -> Stores {
        if let configured = settings.database {
            let stores = Stores(configured)
            if migrates { _ = try await stores.migrate() } else { try await stores.checkVersion() }
            return stores
        }
        let cluster = try PrivateCluster(directory: settings.clusterDirectory)
        try cluster.ensureRunning()
        try cluster.ensureDatabase("wattbuddy")
        let stores = Stores(cluster.configuration(database: "wattbuddy"))
        _ = try await stores.migrate()
        return stores
    }

    /// - Returns: the numbers of the steps that were taken now.
    func migrate() async throws -> [Int] {
        try await database.run { try Schema.migrate($0) }
    }

    private func checkVersion() async throws {
        let version = try await database.run { try Schema.version($0) }
        guard version != Schema.newest else { return }
        throw ValidationError(
            version < Schema.newest
                ? "the database's tables are at step \(version), this program needs \(Schema.newest): run 'wattbuddy migrate'"
                : "the database's tables are at step \(version), newer than this program (\(Schema.newest))")
    }
}
