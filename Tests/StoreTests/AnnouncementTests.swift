import Foundation
import Secrets
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct AnnouncementTests {
    private let now = Date(timeIntervalSince1970: 1_780_000_000)

    private func announce(
        _ token: String, code: String, most: Int = 3, staleAfter: Double = 3600, at instant: Date
    ) async throws -> Announcement {
        try await DeviceStore(.scratch).announce(
            name: "Meter", tokenHash: token, claimHash: code, most: most,
            staleBefore: instant.addingTimeInterval(-staleAfter), at: instant)
    }

    @Test func anUnknownDeviceWaitsUnderTheCodeItShowedLast() async throws {
        let home = try await HouseholdStore(.scratch).sample()
        let store = DeviceStore(try .scratch)
        guard case .unclaimed(let device) = try await announce("t", code: "c1", at: now) else {
            Issue.record("it is not unclaimed")
            return
        }
        #expect(device.announcedAt == now && !device.isClaimed)
        guard case .unclaimed(let again) = try await announce("t", code: "c2", at: now + 60) else {
            Issue.record("it is not unclaimed any more")
            return
        }
        #expect(again.id == device.id && again.announcedAt == now + 60 && again.createdAt == now)
        #expect(try await store.claim(codeHash: "c1", for: home.id) == nil)
        let claimed = try #require(try await store.claim(codeHash: "c2", for: home.id))
        #expect(claimed.id == device.id)
        #expect(try await announce("t", code: "c3", at: now + 120) == .known(claimed))
        #expect(try await store.claim(codeHash: "c3", for: home.id) == nil)
    }

    @Test func whatWasEnteredByHandKeepsItsPrintedCode() async throws {
        let home = try await HouseholdStore(.scratch).sample()
        let store = DeviceStore(try .scratch)
        let device = try await store.add(name: "Board", household: nil, tokenHash: "t", claimHash: "printed", at: now)
        #expect(try await announce("t", code: "other", at: now) == .known(device))
        #expect(try await store.claim(codeHash: "printed", for: home.id)?.id == device.id)
    }

    @Test func aRevokedDeviceAnnouncesItselfInVain() async throws {
        guard case .unclaimed(let device) = try await announce("t", code: "c", at: now) else {
            Issue.record("it is not unclaimed")
            return
        }
        let revoked = try await DeviceStore(.scratch).revoke(device.id, at: now)
        #expect(try await announce("t", code: "c2", at: now) == .known(revoked))
        #expect(try await DeviceStore(.scratch).unclaimed().isEmpty)
    }

    @Test func noMoreWaitThanMayAndTheStaleGiveWay() async throws {
        let store = DeviceStore(try .scratch)
        for number in 0..<3 {
            let answer = try await announce("t\(number)", code: "c\(number)", at: now + Double(number))
            guard case .unclaimed(let device) = answer else {
                Issue.record("\(answer)")
                return
            }
            try await store.save(memories: [(device.id, Data([7]))], at: now)
        }
        #expect(try await announce("t3", code: "c3", at: now + 10) == .full)
        guard case .unclaimed = try await announce("t0", code: "d0", at: now + 10) else {
            Issue.record("one that waits already may say so again")
            return
        }
        guard case .unclaimed = try await announce("t3", code: "c3", at: now + 3601.5) else {
            Issue.record("the one that was stale did not give way")
            return
        }
        let waiting = try await store.unclaimed()
        #expect(waiting.map(\.announcedAt) == [now + 10, now + 2, now + 3601.5])
        #expect(try await store.directory().entries.map(\.tokenHash) == ["t0", "t2", "t3"])
    }
}
