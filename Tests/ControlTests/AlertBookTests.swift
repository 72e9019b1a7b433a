import Control
import Foundation
import Notices
import Testing

struct AlertBookTests {
    private let noon: Date
    private let night: Date
    private let zone: TimeZone

    init() throws {
        zone = try #require(TimeZone(identifier: "Asia/Kolkata"))
        noon = try instant("2026-02-20T06:30:00Z")
        // Half past eleven in the evening.
        night = try instant("2026-02-20T18:00:00Z")
    }

    private func book(restoring alerts: [Alert] = [], at now: Date? = nil) -> AlertBook {
        AlertBook(household: 3, quiet: QuietHours(zone: zone), restoring: alerts, at: now ?? noon)
    }

    private func condition(_ kind: NoticeKind = .heavier, _ socket: NoticeSocket = .second, observed: Double = 1870)
        -> AlertCondition
    {
        AlertCondition(
            AlertCondition.Key(device: 1, kind: kind, socket: socket), probability: 0.9, observed: observed, usual: 640)
    }

    private let place = AlertPlace(device: "Kitchen")

    private func told(_ changes: [AlertChange]) -> [String] {
        changes.map { $0.event.rawValue + ($0.isTold ? "" : " silently") }
    }

    @Test func aConditionOpensOneAlertHoweverOftenItIsSeen() throws {
        var book = book()
        let opened = book.raise(condition(), in: place, at: noon)
        #expect(told(opened) == ["opened"])
        #expect(opened.first?.alert.sentence == "Socket 2 draws 1,870 W; it never drew more than 640 W before.")
        #expect(opened.first?.alert.household == 3)
        #expect(book.raise(condition(observed: 1900), in: place, at: noon + 5).isEmpty)
        book.number(try #require(opened.first?.alert), as: 12)
        #expect(told(try book.acknowledge(12, by: "asha", at: noon + 10)) == ["acknowledged"])
        #expect(book.raise(condition(), in: place, at: noon + 15).isEmpty)
        #expect(book.openAlerts.map(\.state) == [.acknowledged])
        let ended = book.end(condition().key, at: noon + 20)
        #expect(told(ended) == ["resolved"])
        let alert = try #require(ended.first?.alert)
        #expect(alert.id == 12 && alert.acknowledgedBy == "asha" && alert.resolvedBy == nil)
        #expect(alert.state == .resolved && alert.resolvedAt == noon + 20)
        #expect(book.end(condition().key, at: noon + 55).isEmpty)
        #expect(book.openAlerts.isEmpty)
    }

    @Test func aProbeSettlesTheSocketAndTheAlertGoesOn() throws {
        var book = book()
        book.number(try #require(book.raise(condition(), in: place, at: noon).first?.alert), as: 12)
        let finding = ProbeFinding(relay: .second, answer: .there, before: 1870, open: 1860)
        let settled = book.settle(condition().key, by: finding, in: place, at: noon + 9)
        #expect(told(settled) == ["probed"])
        let alert = try #require(settled.first?.alert)
        #expect(alert.id == 12 && alert.state == .open && alert.socket == .first && alert.probability == 0.95)
        #expect(alert.probe == AlertProbe(at: noon + 9, socket: .first, probability: 0.95))
        #expect(alert.sentence.hasPrefix("Socket 1 draws 1,870 W;") && alert.sentence.hasSuffix("so it is Socket 1."))
        #expect(book.raise(condition(), in: place, at: noon + 12).isEmpty, "it is the same alert")
        let ended = book.end(condition().key, at: noon + 20)
        #expect(told(ended) == ["resolved"] && ended.first?.alert.socket == .first)
        #expect(book.settle(condition().key, by: finding, in: place, at: noon + 21).isEmpty, "it is over")
    }

    @Test func aProbeThatCannotTellLeavesTheSocketInDoubt() throws {
        var book = book()
        _ = book.raise(condition(), in: place, at: noon)
        let finding = ProbeFinding(relay: .second, answer: .moved, before: 1870, open: 900)
        let alert = try #require(book.settle(condition().key, by: finding, in: place, at: noon + 9).first?.alert)
        #expect(alert.socket == .second && alert.probability == 0.9 && alert.probe?.socket == nil)
        #expect(alert.sentence.hasSuffix("it cannot be told which one it is."))
    }

    @Test func atNightTheMessageThatWaitsTellsWhatWasFound() throws {
        var book = book(at: night)
        #expect(told(book.raise(condition(), in: place, at: night)) == ["opened silently"])
        let finding = ProbeFinding(relay: .second, answer: .here, before: 1870, open: 20)
        #expect(told(book.settle(condition().key, by: finding, in: place, at: night + 9)) == ["probed silently"])
        let due = book.tick(at: night + 10 * 3600)
        #expect(told(due) == ["due"] && due.first?.alert.probability == 0.98)
    }

    @Test func anotherSocketDeviceOrKindIsAnotherAlert() {
        var book = book()
        let others = [condition(), condition(.heavier, .first), condition(.leftOn, .second)]
        #expect(others.flatMap { book.raise($0, in: place, at: noon) }.count == 3)
        let elsewhere = AlertCondition(AlertCondition.Key(device: 2, kind: .heavier, socket: .second))
        #expect(book.raise(elsewhere, in: place, at: noon).count == 1)
        #expect(book.openAlerts.count == 4)
    }

    @Test func aPersonSeesOrResolvesOnlyWhatIsOpen() throws {
        var book = book()
        book.number(try #require(book.raise(condition(), in: place, at: noon).first?.alert), as: 12)
        #expect(throws: ControlError(.noOpenAlert, "There is no open alert with the number 13.")) {
            try book.acknowledge(13, by: "asha", at: noon)
        }
        #expect(try book.acknowledge(12, by: "asha", at: noon).count == 1)
        #expect(try book.acknowledge(12, by: "ravi", at: noon + 1).isEmpty)
        let resolved = try book.resolve(12, by: "ravi", at: noon + 2)
        #expect(resolved.first?.alert.resolvedBy == "ravi" && resolved.first?.alert.acknowledgedBy == "asha")
        #expect(throws: ControlError.self) { try book.resolve(12, by: "ravi", at: noon + 3) }
    }

    /// Two minutes for the voltage, as the file of notices says.
    @Test func anAlertIsResolvedWhenItsCauseIsGoneForLongEnough() {
        var book = book()
        let voltage = condition(.voltage, .none, observed: 260)
        _ = book.raise(voltage, in: place, at: noon)
        #expect(book.end(voltage.key, at: noon + 60).isEmpty)
        #expect(book.tick(at: noon + 150).isEmpty)
        #expect(book.raise(voltage, in: place, at: noon + 170).isEmpty, "it goes on")
        #expect(book.tick(at: noon + 600).isEmpty)
        #expect(book.end(voltage.key, at: noon + 700).isEmpty)
        #expect(book.end(voltage.key, at: noon + 720).isEmpty)
        #expect(book.tick(at: noon + 819).isEmpty)
        #expect(told(book.tick(at: noon + 820)) == ["resolved"])
        #expect(book.openAlerts.isEmpty)
    }

    @Test func whatWasGoneForLongOpensAnewEvenIfNobodyToldTheTime() {
        var book = book()
        let voltage = condition(.voltage, .none, observed: 260)
        _ = book.raise(voltage, in: place, at: noon)
        _ = book.end(voltage.key, at: noon + 60)
        #expect(told(book.raise(voltage, in: place, at: noon + 3600)) == ["resolved"])
        #expect(told(book.tick(at: noon + 4500)) == ["opened"])
    }

    @Test func eachKindHasItsOwnCoolDown() {
        var book = book()
        for kind in [NoticeKind.register, .offline] {
            _ = book.raise(condition(kind), in: place, at: noon)
            #expect(told(book.end(condition(kind).key, at: noon)) == ["resolved"])
        }
        #expect(book.raise(condition(.register), in: place, at: noon + 601).isEmpty)
        #expect(told(book.raise(condition(.offline), in: place, at: noon + 601)) == ["opened"])
    }

    @Test func whatFlapsWithinTheCoolDownIsSwallowed() {
        var book = book()
        var told = 0
        for minute in stride(from: 0.0, to: 60, by: 2) {
            told += book.raise(condition(), in: place, at: noon + minute * 60).count
            told += book.end(condition().key, at: noon + minute * 60 + 30).count
            told += book.tick(at: noon + minute * 60 + 60).count
        }
        // Opened and resolved at 0, 12, 24, 36 and 48 minutes.
        #expect(told == 10)
    }

    @Test func whatComesBackInTheCoolDownAndLastsOpensAtItsEnd() {
        var book = book()
        _ = book.raise(condition(), in: place, at: noon)
        _ = book.end(condition().key, at: noon + 60)
        #expect(book.raise(condition(), in: place, at: noon + 120).isEmpty)
        #expect(book.tick(at: noon + 659).isEmpty)
        #expect(told(book.tick(at: noon + 660)) == ["opened"])
        #expect(book.tick(at: noon + 661).isEmpty)
    }

    @Test func theQuietHoursHoldBackAllButWhatIsCritical() {
        var book = book()
        #expect(told(book.raise(condition(), in: place, at: night)) == ["opened silently"])
        #expect(told(book.raise(condition(.spike, .none), in: place, at: night)) == ["opened silently"])
        #expect(told(book.raise(condition(.stuckRelay), in: place, at: night)) == ["opened"])
        #expect(book.tick(at: night + 7 * 3600).isEmpty)
        let due = book.tick(at: night + 7.5 * 3600)
        #expect(told(due) == ["due", "due"])
        #expect(due.map(\.alert.condition.key.kind) == [.heavier, .spike])
        #expect(book.tick(at: night + 8 * 3600).isEmpty)
    }

    @Test func whatBeganAndEndedInTheNightIsNeverTold() throws {
        var book = book()
        _ = book.raise(condition(), in: place, at: night)
        book.number(try #require(book.raise(condition(.leftOn), in: place, at: night).first?.alert), as: 5)
        #expect(told(book.end(condition().key, at: night + 60)) == ["resolved silently"])
        #expect(told(try book.acknowledge(5, by: "asha", at: night + 60)) == ["acknowledged silently"])
        #expect(book.tick(at: night + 9 * 3600).isEmpty)
    }

    @Test func anEndInTheNightIsToldInTheMorningToWhoWasToldTheBeginning() {
        var book = book()
        _ = book.raise(condition(), in: place, at: noon)
        #expect(told(book.end(condition().key, at: night)) == ["resolved silently"])
        let due = book.tick(at: night + 8 * 3600)
        #expect(told(due) == ["due"])
        #expect(due.first?.alert.state == .resolved)
    }

    @Test func whatOpensAgainBeforeItsEndWasToldIsNoNews() {
        var book = book()
        _ = book.raise(condition(), in: place, at: noon)
        _ = book.end(condition().key, at: night)
        #expect(told(book.raise(condition(), in: place, at: night + 3600)) == ["opened silently"])
        #expect(book.tick(at: night + 8 * 3600).isEmpty)
    }

    @Test func aLimitsHigherStepTakesThePlaceOfTheLower() {
        var book = book()
        func use(_ share: Double) -> AlertCondition {
            AlertCondition(
                AlertCondition.Key(device: nil, kind: .dayLimit, socket: .none), observed: 8 * share, usual: 8)
        }
        #expect(told(book.raise(use(0.5), in: AlertPlace(), at: noon)) == ["opened"])
        #expect(book.raise(use(0.7), in: AlertPlace(), at: noon + 1).isEmpty)
        #expect(told(book.raise(use(0.75), in: AlertPlace(), at: noon + 2)) == ["resolved silently", "opened"])
        #expect(told(book.raise(use(1), in: AlertPlace(), at: noon + 3)) == ["resolved silently", "opened"])
        #expect(book.openAlerts.count == 1)
    }

    @Test func aNumberThatComesLateGoesToNoOtherAlert() throws {
        var book = book()
        let first = try #require(book.raise(condition(), in: place, at: noon).first?.alert)
        _ = book.end(condition().key, at: noon + 1)
        let second = try #require(book.raise(condition(), in: place, at: noon + 700).first?.alert)
        book.number(first, as: 4)
        #expect(book.openAlerts.map(\.id) == [nil])
        book.number(second, as: 5)
        #expect(book.openAlerts.map(\.id) == [5])
    }

    @Test func whatIsToldInTheMorningHasItsNumber() throws {
        var book = book()
        book.number(try #require(book.raise(condition(), in: place, at: night).first?.alert), as: 6)
        #expect(book.tick(at: night + 8 * 3600).map(\.alert.id) == [6])
    }

    @Test func aDaemonThatStartsGoesOnWhereItWas() throws {
        var old = book()
        old.number(try #require(old.raise(condition(), in: place, at: night).first?.alert), as: 9)
        _ = old.raise(condition(.leftOn), in: place, at: night)
        let ended = old.end(condition(.leftOn).key, at: night + 20)
        var book = book(restoring: old.openAlerts + ended.map(\.alert), at: night + 120)
        #expect(book.openAlerts == old.openAlerts)
        #expect(book.raise(condition(), in: place, at: night + 180).isEmpty)
        #expect(book.raise(condition(.leftOn), in: place, at: night + 180).isEmpty)
        #expect(book.end(condition(.leftOn).key, at: night + 200).isEmpty)
        #expect(told(book.tick(at: night + 8 * 3600)) == ["due"])
        // One that opened yesterday evening was told this morning.
        var later = self.book(restoring: old.openAlerts, at: night + 86_400)
        #expect(later.tick(at: night + 86_400 + 8 * 3600).isEmpty)
    }
}
