package import Foundation
package import Notices

/// Something a person should know of now, found as the readings come.
package struct LiveAlarm: Hashable, Codable, Sendable {
    package typealias Kind = NoticeKind

    package let kind: Kind
    /// The reading or tick that decided it; never dated back.
    package let start: Date
    package let socket: NoticeSocket
    /// That ``socket`` is the right answer, 0 to 1.
    package let probability: Double
    /// How far beyond what is known, in units of it: for ranking. Higher is surer.
    package let score: Double
    /// What was seen, in the unit of the kind's ``Notice``: watts for most.
    package let observed: Double
    /// What would have been usual, in the same unit.
    package let usual: Double

    package init(
        kind: Kind, start: Date, socket: NoticeSocket, probability: Double, score: Double, observed: Double,
        usual: Double
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
