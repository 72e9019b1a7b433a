import ArgumentParser
import Deployment
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
    let devices: DeviceStore
    let accounts: AccountStore
    let alerts: AlertStore
    let channels: ChannelStore
    let relays: RelayStore

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
        devices = DeviceStore(database)
        accounts = AccountStore(database)
        alerts = AlertStore(database)
        channels = ChannelStore(database)
        relays = RelayStore(database)
    }

    /// The stores of the database that the settings name, ready for use (``Settings/readyDatabase(migrates:)``).
    static func open(_ settings: Settings, migrates: Bool = false) async throws -> Stores {
        Stores(try await settings.readyDatabase(migrates: migrates))
    }

    /// - Throws: `ValidationError` when there is no such household.
    func household(named slug: String) async throws -> Household {
        guard let household = try await households.household(named: slug) else {
            throw ValidationError("there is no household '\(slug)'")
        }
        return household
    }
}
