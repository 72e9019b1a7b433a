/// What a board has learned of a device, kept so that a restart of the daemon forgets nothing.
package struct RelayMemory: Hashable, Codable, Sendable {
    /// Watts that each socket carries; nil when no switching has told.
    package var loads: PerRelay<Double?> = PerRelay(nil, nil)
    /// Whether the last thing each relay obeyed was to open.
    package var isHeldOff = PerRelay(false, false)
    /// Whether each relay may still be open from a pulse; nil in what an earlier version kept.
    package var isToClose: PerRelay<Bool>?
    /// Of the device's last reading.
    package var bootID: Int32?
    package var uptime: Int32?

    package init() {}
}
