package import Postgres
import Store

/// The database as the daemon uses it: one connection for what is asked, one for what devices send.
package struct DaemonStores: Sendable {
    let households: HouseholdStore
    let readings: ReadingStore
    let consumption: ConsumptionStore
    let corrections: CorrectionStore
    let tariffs: TariffStore
    let devices: DeviceStore
    let accounts: AccountStore
    let sessions: SessionStore
    let relays: RelayStore
    let alerts: AlertStore
    let channels: ChannelStore
    let limits: LimitStore
    let analysis: AnalysisStore
    /// Readings on their way in.
    let incoming: ReadingStore

    package init(_ configuration: Database.Configuration) {
        let database = Database(configuration)
        households = HouseholdStore(database)
        readings = ReadingStore(database)
        consumption = ConsumptionStore(database)
        corrections = CorrectionStore(database)
        tariffs = TariffStore(database)
        devices = DeviceStore(database)
        accounts = AccountStore(database)
        sessions = SessionStore(database)
        relays = RelayStore(database)
        alerts = AlertStore(database)
        channels = ChannelStore(database)
        limits = LimitStore(database)
        analysis = AnalysisStore(database)
        incoming = ReadingStore(Database(configuration))
    }
}

extension Error {
    /// Whether the database could not be reached, so that the same may succeed soon.
    var isDatabaseAway: Bool {
        (self as? PostgresError)?.isAway ?? false
    }
}
