/// How long a device has to obey an order: short for switching on, so that nothing starts when nobody looks any more.
package struct OrderLifetime: Hashable, Sendable {
    package let seconds: Double

    /// What an order gets that asks for none.
    ///
    /// - Parameter cadence: seconds between the device's readings; an order to switch on waits for three of them.
    package static func usual(isOn: Bool, cadence: Double = 0) -> OrderLifetime {
        OrderLifetime(seconds: isOn ? min(max(leastOn, 3 * cadence), mostOn) : off)
    }

    /// - Parameter seconds: up to ten minutes to switch on, up to a day to switch off.
    /// - Throws: ``ControlError`` of kind `lifetime` beyond that.
    package init(asked seconds: Double, isOn: Bool) throws {
        let most = isOn ? Self.mostOn : Self.mostOff
        guard seconds >= 1, seconds <= most else {
            throw ControlError(
                .lifetime,
                "an order to switch \(isOn ? "on" : "off") holds for 1 to \(Int(most)) seconds, not for \(seconds)")
        }
        self.seconds = seconds
    }

    private init(seconds: Double) {
        self.seconds = seconds
    }

    private static let leastOn = 30.0
    private static let mostOn = 600.0
    private static let off = 600.0
    private static let mostOff = 86_400.0
}
