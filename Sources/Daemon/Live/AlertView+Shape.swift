import Channels

extension AlertView {
    static let shape = Shape.object(
        [
            ("id", .integer()), ("device", .integer()), ("kind", .text),
            ("severity", .choice(["info", "warning", "critical"])),
            ("socket", .choice(["1", "2", "both", "none", "unknown"])), ("probability", .number(0...1)),
            ("observed", .number()),
            ("usual", .number()), ("sentence", .text), ("opened_at", .instant), ("acknowledged_at", .instant),
            ("acknowledged_by", .text), ("resolved_at", .instant), ("resolved_by", .text), ("probed_at", .instant),
            ("probe", .choice(["settled", "unclear"])),
            ("state", .choice(["open", "acknowledged", "resolved"])),
        ],
        optional: [
            "id", "device", "probability", "observed", "usual", "acknowledged_at", "acknowledged_by", "resolved_at",
            "resolved_by", "probed_at", "probe",
        ])
}
