package import Foundation

/// Something a person should know of now, found as the readings come.
package struct LiveAlarm: Hashable, Codable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Sendable {
        /// More than was ever held before.
        case heavier
        /// Runs on far longer than it ever did.
        case leftOn = "left_on"
        /// Both sockets carry something big together, more than was ever held.
        case twoAtOnce = "two_at_once"
        /// A relay is reported off and its load goes on.
        case stuckRelay = "stuck_relay"
        /// Far above the usual, as long as little is known of the device.
        case spike
        /// The mains is out of its band.
        case voltage
        /// The current sensor is at its end: what flows may be more than it says.
        case clipping
        /// Power flows and the register stands still.
        case register
        /// The device says nothing.
        case offline
    }

    /// Which of a device's two sockets is behind it.
    package enum Socket: String, Codable, Sendable {
        case one = "1"
        case two = "2"
        case both
        /// Neither: it is the supply, the sensor or the device itself.
        case none
        /// It cannot be told.
        case unknown
    }

    package let kind: Kind
    /// The reading or tick that decided it; never dated back.
    package let start: Date
    package let socket: Socket
    /// That ``socket`` is the right answer, 0 to 1.
    package let probability: Double
    /// How far beyond what is known, in units of it: for ranking. Higher is surer.
    package let score: Double
    /// What was seen: watts; volts for ``Kind/voltage``, seconds of silence for ``Kind/offline``.
    package let observed: Double
    /// What would have been usual, in the same unit.
    package let usual: Double

    package init(
        kind: Kind, start: Date, socket: Socket, probability: Double, score: Double, observed: Double, usual: Double
    ) {
        self.kind = kind
        self.start = start
        self.socket = socket
        self.probability = probability
        self.score = score
        self.observed = observed
        self.usual = usual
    }
}
