package import Foundation
import Notices

/// The alerts of one household: which are open, which were just resolved, and what is told of them when.
///
/// A condition opens one alert however often it is raised, and resolves it when it has been gone for as long as its
/// ``Notice`` says. When it comes back within the cool-down it is held until that is over, and opens only if it lasts.
/// Messages of little weight wait for the end of the quiet hours. The book asks no clock: ``tick(at:)`` tells it the time.
package struct AlertBook: Sendable {
    package typealias Key = AlertCondition.Key

    package let household: Int64
    private let quiet: QuietHours
    private var open: [Key: Alert] = [:]
    /// Since when the conditions of open alerts are gone.
    private var goneSince: [Key: Date] = [:]
    private var resolvedAt: [Key: Date] = [:]
    /// Conditions that came back within the cool-down, with the words for them.
    private var returned: [Key: Returned] = [:]
    /// Messages that wait for the end of the quiet hours.
    private var held: [Key: AlertChange] = [:]

    private struct Returned: Sendable {
        let condition: AlertCondition
        let place: AlertPlace
    }

    /// - Parameters:
    ///   - alerts: those that are open as the database has them, and those resolved within the longest cool-down.
    ///   - now: the messages of alerts that opened in the quiet hours that last now are held again.
    package init(household: Int64, quiet: QuietHours, restoring alerts: [Alert] = [], at now: Date) {
        self.household = household
        self.quiet = quiet
        for alert in alerts { restore(alert, at: now) }
    }

    private mutating func restore(_ alert: Alert, at now: Date) {
        let key = alert.condition.key
        if let resolved = alert.resolvedAt {
            resolvedAt[key] = max(resolved, resolvedAt[key] ?? resolved)
            return
        }
        open[key] = alert
        guard alert.state == .open, alert.condition.severity < .critical,
            quiet.contain(from: alert.openedAt, through: now)
        else { return }
        held[key] = AlertChange(event: .opened, alert: alert, isTold: false)
    }

    /// The alerts that are not resolved, the newest first.
    package var openAlerts: [Alert] {
        open.values.sorted { $1.place < $0.place }
    }

    /// Notes the number that the database gave to an alert; for one that is not open any more, nothing.
    package mutating func number(_ alert: Alert, as id: Int64) {
        let key = alert.condition.key
        guard open[key]?.openedAt == alert.openedAt else { return }
        open[key]?.id = id
        if let waiting = held[key] {
            held[key] = AlertChange(event: waiting.event, alert: open[key] ?? waiting.alert, isTold: false)
        }
    }
}

// MARK: Conditions

extension AlertBook {
    /// Notes that a condition holds; may be called as often as it is seen.
    ///
    /// - Parameter place: the names that the alert's sentence uses.
    /// - Returns: nothing when an alert is open for it or it is held; a limit's higher step resolves the alert of the step
    ///   below and opens its own.
    package mutating func raise(_ condition: AlertCondition, in place: AlertPlace, at now: Date) -> [AlertChange] {
        closeGone(at: now) + raiseNow(condition, in: place, at: now)
    }

    private mutating func raiseNow(
        _ condition: AlertCondition, in place: AlertPlace, at now: Date
    ) -> [AlertChange] {
        let key = condition.key
        if let alert = open[key] {
            goneSince[key] = nil
            guard condition.step > alert.condition.step else { return [] }
            return [close(key, by: nil, at: now, silently: true), add(condition, in: place, at: now)].compactMap { $0 }
        }
        if let resolved = resolvedAt[key], now.timeIntervalSince(resolved) < key.kind.notice.coolDown {
            returned[key] = Returned(condition: condition, place: place)
            return []
        }
        return [add(condition, in: place, at: now)]
    }

    /// Notes that a condition has ended; for one that was not raised, nothing.
    ///
    /// - Returns: nothing where it must be gone for a while: ``tick(at:)`` resolves its alert then.
    package mutating func end(_ key: Key, at now: Date) -> [AlertChange] {
        returned[key] = nil
        guard open[key] != nil else { return [] }
        goneSince[key] = goneSince[key] ?? now
        return closeGone(at: now)
    }

    /// Notes what a probe found of an alert; for one that is over, nothing.
    ///
    /// The alert goes on under the socket that was named at first, so that the end of its condition still ends it.
    package mutating func settle(
        _ key: Key, by finding: ProbeFinding, in place: AlertPlace, at now: Date
    ) -> [AlertChange] {
        guard var alert = open[key] else { return [] }
        alert.note(
            AlertProbe(at: now, socket: finding.socket, probability: finding.answer.probability),
            saying: alert.condition.sentence(after: finding, in: place))
        open[key] = alert
        // The message that waits will tell the alert as it is then.
        if held[key] != nil { return [AlertChange(event: .probed, alert: alert, isTold: false)] }
        return [change(.probed, alert, at: now)]
    }

    /// Resolves what has been gone for long enough, opens what lasted beyond its cool-down, and lets out what was held back
    /// once the quiet hours are over.
    package mutating func tick(at now: Date) -> [AlertChange] {
        var changes = closeGone(at: now)
        resolvedAt = resolvedAt.filter { now.timeIntervalSince($0.value) < $0.key.kind.notice.coolDown }
        let lasting = returned.filter { resolvedAt[$0.key] == nil }.map(\.value)
        changes += lasting.flatMap { raiseNow($0.condition, in: $0.place, at: now) }
        if !held.isEmpty && !quiet.contain(now) {
            changes += held.map { AlertChange(event: .due, alert: open[$0.key] ?? $0.value.alert, isTold: true) }
            held = [:]
        }
        return changes.sorted { $0.alert.place < $1.alert.place }
    }

    private mutating func closeGone(at now: Date) -> [AlertChange] {
        let over = goneSince.filter { now.timeIntervalSince($0.value) >= $0.key.kind.notice.resolveAfter }.map(\.key)
        return over.compactMap { close($0, by: nil, at: now, silently: false) }
    }

    private mutating func add(_ condition: AlertCondition, in place: AlertPlace, at now: Date) -> AlertChange {
        let key = condition.key
        returned[key] = nil
        let alert = Alert(
            household: household, condition, sentence: condition.sentence(in: place),
            openedAt: now)
        open[key] = alert
        return change(.opened, alert, at: now)
    }

    private mutating func close(_ key: Key, by person: String?, at now: Date, silently: Bool) -> AlertChange? {
        goneSince[key] = nil
        guard var alert = open.removeValue(forKey: key) else { return nil }
        alert.resolve(by: person, at: now)
        guard !silently else {
            held[key] = nil
            return AlertChange(event: .resolved, alert: alert, isTold: false)
        }
        resolvedAt[key] = now
        return change(.resolved, alert, at: now)
    }

    /// Decides whether a change is told now, later or never.
    private mutating func change(_ event: AlertChange.Event, _ alert: Alert, at now: Date) -> AlertChange {
        let key = alert.condition.key
        let told = AlertChange(event: event, alert: alert, isTold: true)
        let untold = AlertChange(event: event, alert: alert, isTold: false)
        if let waiting = held.removeValue(forKey: key) {
            // Of what nobody was told, or is over before it was told, nothing is said.
            guard [.acknowledged, .probed].contains(waiting.event) else { return untold }
        }
        guard alert.condition.severity < .critical, quiet.contain(now) else { return told }
        held[key] = untold
        return untold
    }
}

// MARK: People

extension AlertBook {
    /// A person has seen an alert; again changes nothing.
    ///
    /// - Throws: ``ControlError`` of kind `noOpenAlert`.
    package mutating func acknowledge(_ id: Int64, by person: String, at now: Date) throws -> [AlertChange] {
        let key = try key(of: id)
        guard var alert = open[key], alert.state == .open else { return [] }
        alert.acknowledge(by: person, at: now)
        open[key] = alert
        return [change(.acknowledged, alert, at: now)]
    }

    /// A person calls an alert settled. If the condition lasts, it opens another one after the cool-down.
    ///
    /// - Throws: ``ControlError`` of kind `noOpenAlert`.
    package mutating func resolve(_ id: Int64, by person: String, at now: Date) throws -> [AlertChange] {
        close(try key(of: id), by: person, at: now, silently: false).map { [$0] } ?? []
    }

    private func key(of id: Int64) throws -> Key {
        guard let key = open.first(where: { $0.value.id == id })?.key else {
            throw ControlError(.noOpenAlert, "There is no open alert with the number \(id).")
        }
        return key
    }
}
