package import Foundation
package import Metering

/// The board that carries a meter and two relays, and whose it is.
package struct Device: Hashable, Codable, Sendable {
    package let id: Int64
    package let name: String
    /// Nil while it is unclaimed.
    package let household: Int64?
    package let householdSlug: String?
    /// The utility's number of the household that it was provisioned for.
    package let consumerNumber: String?
    /// What is plugged in at relay 1 and at relay 2: always two names.
    package let socketNames: [String]
    /// The relays that nothing may open by itself.
    package let neverCut: RelayStates
    /// What ``mayProbe`` is made of; nil in what an earlier version kept in a file.
    let probeConsent: RelayStates?
    /// What ``relayRating`` is made of; nil in what an earlier version kept in a file.
    let ratedAmperes: Double?
    package let createdAt: Date
    /// When it last announced itself; nil for one that was entered by hand.
    package let announcedAt: Date?
    package let revokedAt: Date?
    /// The meter it carries; nil while it is unclaimed, and after another device took its place.
    package let meter: Int64?
    /// The instant of its meter's last stored reading.
    package let lastReadingAt: Date?

    /// The relays that the household lets be opened for a moment to settle a doubt; never one of ``neverCut``.
    package var mayProbe: RelayStates { (probeConsent ?? []).subtracting(neverCut) }
    /// Amperes that the relays' contacts may break.
    package var relayRating: Double { ratedAmperes ?? Self.usualRating }

    /// What the relays of hobby boards are for.
    private static let usualRating = 10.0

    package var isClaimed: Bool { household != nil }
    package var isRevoked: Bool { revokedAt != nil }
}
