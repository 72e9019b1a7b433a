/// A relay that its device opens for a moment and closes again by itself, whatever becomes of the network or of the daemon.
package struct RelayPulse: Hashable, Sendable {
    /// For how long it is open.
    package let milliseconds: Int
    /// What the contact may break: where as many amperes flow, or nobody knows, it is not opened.
    package let belowAmperes: Double

    package init(milliseconds: Int, belowAmperes: Double) {
        self.milliseconds = milliseconds
        self.belowAmperes = belowAmperes
    }
}
