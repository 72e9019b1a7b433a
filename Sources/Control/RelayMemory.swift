/// What a board has learned of a device, kept so that a restart of the daemon forgets nothing.
package struct RelayMemory: Hashable, Codable, Sendable {
    /// Watts that each socket carries; nil when no switching has told.
    package var loads: PerRelay<Double?> = PerRelay(nil, nil)
    /// Whether the last thing each relay obeyed was to open.
    package var isHeldOff = PerRelay(false, false)
    /// Of the device's last reading.
    package var bootID: Int32?
    package var uptime: Int32?

    package init() {}
}
