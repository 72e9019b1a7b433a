import Foundation
import HTTPTypes
import Hummingbird

/// What an operator and a client's programmer ask.
struct OperationRoutes: Sendable {
    let premises: Premises

    var endpoints: [Endpoint] {
        [
            .get(
                "/health", .open, "Whether readings can be taken, and where they go.",
                answer: .object([
                    ("status", .choice(["ok", "degraded", "failing"])), ("database", .boolean), ("spooled", .integer()),
                ]),
                health),
            Endpoint(
                method: .get, path: "/metrics", audience: premises.settings.hasOpenMetrics ? .open : .admin,
                summary: "What the daemon counts, as Prometheus reads it.", contentType: "text/plain", handle: metrics),
        ]
    }

    private struct Health: Encodable {
        let status: String
        let database: Bool
        let spooled: Int
    }

    /// 503 only when nothing can be stored: as long as the spool takes readings, the daemon does its work.
    private func health(_ call: Call) async throws -> Response {
        let isThere = premises.writer.isDatabaseThere
        let spooled = premises.writer.spooled
        let isFull = !isThere && premises.writer.isSpoolFull
        let status = isFull ? "failing" : isThere && spooled == 0 ? "ok" : "degraded"
        return .json(
            Health(status: status, database: isThere, spooled: spooled), status: isFull ? .serviceUnavailable : .ok)
    }

    private func metrics(_ call: Call) async throws -> Response {
        let text = premises.metrics.text([
            ("devices", "Devices in memory.", premises.roster.count),
            ("queue_rows", "Readings that wait to be stored.", premises.queue.depth),
            ("spool_bytes", "Bytes of readings that wait for the database.", premises.writer.spooled),
            (
                "database_up", "Whether the database answered when it was last needed.",
                premises.writer.isDatabaseThere ? 1 : 0
            ),
            ("watchers", "Live pages that are open.", premises.hub.watcherCount),
        ])
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
