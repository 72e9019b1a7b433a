import Foundation

/// The readings of one register in order of time, one for each instant.
package struct RegisterHistory: Sendable {
    package let readings: [Reading]

    /// Sorts what comes out of order; of several readings for one instant the first given stays.
    package init(_ readings: [Reading]) {
        if Self.isOrdered(readings) {
            self.readings = readings
        } else {
            let order = readings.indices.sorted { (readings[$0].at, $0) < (readings[$1].at, $1) }
            var kept: [Reading] = []
            kept.reserveCapacity(readings.count)
            for index in order where kept.last?.at != readings[index].at {
                kept.append(readings[index])
            }
            self.readings = kept
        }
    }

    private static func isOrdered(_ readings: [Reading]) -> Bool {
        zip(readings, readings.dropFirst()).allSatisfy { $0.at < $1.at }
    }
}
