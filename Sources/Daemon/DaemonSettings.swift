package import Analysis
package import Ingest
package import SocketIOServing

/// How the daemon is set up; what is secret among it comes from the environment.
package struct DaemonSettings: Sendable {
    /// The folder of the published pages.
    package var output = "Output"
    /// Where readings wait while the database is away, and the directory of devices beside them.
    package var spool = ".wattbuddy/spool"
    /// Bytes that the spool may take.
    package var spoolLimit = 1 << 30
    package var rule = WriteRule()
    /// What is worth an alarm.
    package var alarms = LiveSettings()
    /// Whether the original's calls need no login, for devices and an app that know none.
    package var isLegacy = false
    package var hasOpenMetrics = false
    /// Whether the connection is encrypted: cookies are then sent over nothing else.
    package var isSecure = false
    /// How many announced devices may wait for a household.
    package var mostAnnounced = 100

    /// Live figures for the original's clients.
    package var socketIO = SocketIOSettings()

    package init() {}
}
