import Control
import Foundation
import Notices
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct ChannelStoreTests {
    private let start = Date(timeIntervalSince1970: 1_780_000_000)

    /// A household with an alert that has just opened.
    private func alert(_ kind: NoticeKind = .heavier, in household: Household) async throws -> Alert {
        let condition = AlertCondition(
            AlertCondition.Key(device: nil, kind: kind, socket: .none), observed: 900, usual: 100)
        let alert = Alert(household: household.id, condition, sentence: "It draws much.", openedAt: start)
        return alert.numbered(try await AlertStore(.scratch).open(alert))
    }

    private func household(_ slug: String = "asha") async throws -> Household {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        return try await HouseholdStore(.scratch).save(try #require(HouseholdDraft(slug: slug, zone: zone)))
    }

    @Test func aMessageIsClaimedOnceAndItsEndFollowsWhereItsBeginningWasTold() async throws {
        let (store, home) = (ChannelStore(try .scratch), try await household())
        let first = AlertChannel(kind: .mail, target: "asha@example.org", least: .warning)
        _ = try await store.add(first, to: home.id, at: start)
        _ = try await store.add(
            AlertChannel(kind: .ntfy, target: "https://ntfy.sh/x", least: .critical), to: home.id, at: start)
        let alert = try await alert(in: home)
        #expect(try await store.put(.resolved, of: alert, at: start) == 0, "nobody was told that it opened")
        #expect(try await store.put(.opened, of: alert, at: start) == 1, "it is grave enough for the mail alone")
        #expect(try await store.put(.opened, of: alert, at: start) == 0, "once")
        #expect(try await store.claim(atMost: 9, at: start - 1).isEmpty, "not due yet")
        let claimed = try #require(try await store.claim(atMost: 9, at: start).first)
        #expect(claimed.channel == first && claimed.alert == alert.id && claimed.tries == 1)
        #expect(claimed.home == home.name && claimed.clock.zone.identifier == "Europe/Berlin")
        #expect(try await store.claim(atMost: 9, at: start + 86_400).isEmpty, "it is this process's alone")
        #expect(try await store.failures(since: start, before: start + 1).map(\.isKnown) == [false])
        try await store.postpone(claimed.id, until: start + 60, because: "away")
        #expect(try await store.nextDue() == start + 60)
        #expect(try await store.claim(atMost: 9, at: start + 60).map(\.tries) == [2])
        try await store.settle(claimed.id, at: start + 61)
        try await store.postpone(claimed.id, until: start + 62, because: "too late")
        #expect(try await store.nextDue() == nil, "what was sent stays sent")
        #expect(try await store.put(.resolved, of: alert, at: start + 90) == 1)
    }

    @Test func aWayIsKeptOnceAndGoesWithItsMessages() async throws {
        let (store, home, other) = (ChannelStore(try .scratch), try await household(), try await household("babu"))
        let mail = AlertChannel(kind: .mail, target: "asha@example.org", least: .warning)
        let id = try await store.add(mail, to: home.id, at: start)
        let graver = AlertChannel(kind: .mail, target: "asha@example.org", least: .critical)
        #expect(try await store.add(graver, to: home.id, at: start) == id)
        #expect(try await store.channels(of: home.id).map(\.channel) == [graver])
        #expect(try await store.channels(of: other.id).isEmpty)
        _ = try await store.put(.opened, of: try await alert(.stuckRelay, in: home), at: start)
        #expect(try await !store.remove(id, of: other.id))
        #expect(try await store.remove(id, of: home.id))
        #expect(try await store.nextDue() == nil)
    }
}
