package import Foundation

/// How the year goes where a household lives, as far as its time zone tells.
package struct Season: Hashable, Sendable {
    /// Days after 1 January on which it is usually coldest: in the middle of January, or of July south of the equator.
    let coldestDay: Int
    /// How much of the usual season is expected before a home's own is known: none near the equator, all of it from 30
    /// degrees on.
    let strength: Float

    /// - Parameter zone: of the household.
    package init(in zone: TimeZone) {
        let latitude = ZoneLatitude.degrees[zone.identifier] ?? 50
        coldestDay = latitude < 0 ? 195 : 14
        strength = min(max((Float(abs(latitude)) - 20) / 10, 0), 1)
    }
}
