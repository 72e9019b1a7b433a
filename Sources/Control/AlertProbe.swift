package import Foundation
package import Notices

/// That a socket was switched off for a moment because of an alert, and what it told.
package struct AlertProbe: Hashable, Sendable {
    package let at: Date
    /// The socket that it found; nil where the doubt remains.
    package let socket: NoticeSocket?
    /// That it is the right one, 0 to 1.
    package let probability: Double?

    package init(at: Date, socket: NoticeSocket?, probability: Double?) {
        self.at = at
        self.socket = socket
        self.probability = probability
    }
}
