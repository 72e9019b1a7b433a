import Synchronization

/// What the daemon counts, in Prometheus' text form.
final class Metrics: Sendable {
    let received = Atomic<Int>(0)
    let stored = Atomic<Int>(0)
    let refused = Atomic<Int>(0)
    let unknown = Atomic<Int>(0)
    let busy = Atomic<Int>(0)

    func count(_ counter: borrowing Atomic<Int>, _ number: Int = 1) {
        counter.wrappingAdd(number, ordering: .relaxed)
    }

    /// - Parameter gauges: what is so now: name, meaning and figure.
    func text(_ gauges: [(name: String, about: String, value: Int)]) -> String {
        let counters = [
            ("readings_received_total", "Readings that devices sent.", received.load(ordering: .relaxed)),
            ("readings_stored_total", "Readings that were stored.", stored.load(ordering: .relaxed)),
            (
                "requests_refused_total", "Requests with readings that could not be used.",
                refused.load(ordering: .relaxed)
            ),
            ("requests_unknown_total", "Requests with an unknown token.", unknown.load(ordering: .relaxed)),
            ("requests_busy_total", "Requests that were told to come again.", busy.load(ordering: .relaxed)),
        ]
        return counters.map { Self.entry($0.0, $0.1, "counter", $0.2) }.joined()
            + gauges.map { Self.entry($0.name, $0.about, "gauge", $0.value) }.joined()
    }

    private static func entry(_ name: String, _ about: String, _ type: String, _ value: Int) -> String {
        "# HELP wattbuddy_\(name) \(about)\n# TYPE wattbuddy_\(name) \(type)\nwattbuddy_\(name) \(value)\n"
    }
}
