/// What became of a device's word that it is there.
package enum Announcement: Hashable, Sendable {
    /// It waits for a household, and the new claim code is the one that counts.
    case unclaimed(Device)
    /// It was entered by hand, claimed or revoked before: nothing was changed.
    case known(Device)
    /// Too many wait already.
    case full
}
