import Foundation
package import Metering
import Notices

/// What is told of an alert by a channel, in the words that the page has for it.
package struct AlertMessage: Hashable, Sendable {
    /// Raw values as they are kept and sent.
    package enum Event: String, CaseIterable, Sendable {
        case opened
        /// A socket was tried, and the sentence says what that told.
        case probed
        case resolved
    }

    package let event: Event
    package let alert: Alert
    package let home: String
    /// One line.
    package let title: String
    /// A sentence or two.
    package let text: String

    /// - Parameters:
    ///   - home: the household's name.
    ///   - clock: the household's.
    package init(_ event: Event, of alert: Alert, home: String, on clock: LocalClock) {
        self.event = event
        self.alert = alert
        self.home = home
        let length = (alert.resolvedAt ?? alert.openedAt).timeIntervalSince(alert.openedAt)
        let places = [
            "home": home, "title": alert.condition.key.kind.notice.title, "sentence": alert.sentence,
            "time": Self.time(alert.openedAt, on: clock), "length": NoticeUnit.seconds.text(max(2, length)),
        ]
        switch event {
        case .opened, .probed:
            (title, text) = (NoticePhrase.openedTitle.text(places), NoticePhrase.openedText.text(places))
        case .resolved:
            (title, text) = (NoticePhrase.resolvedTitle.text(places), NoticePhrase.resolvedText.text(places))
        }
    }

    /// `18:05` on the household's clock.
    private static func time(_ instant: Date, on clock: LocalClock) -> String {
        let minute = clock.minute(at: instant)
        return [minute / 60, minute % 60].map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
    }
}
