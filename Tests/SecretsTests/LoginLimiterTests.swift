import Foundation
import Secrets
import Testing

struct LoginLimiterTests {
    private let start = Date(timeIntervalSince1970: 1_780_000_000)

    /// Fails as soon as it may, so many times; gives the wait after each.
    private func waits(_ count: Int, in limiter: inout LoginLimiter, from now: inout Date) -> [Int] {
        (0..<count).map { _ in
            #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: now) == nil)
            let wait = limiter.admit(name: "asha", address: "192.0.2.1", at: now) ?? 0
            now += Double(wait)
            return wait
        }
    }

    @Test func afterFiveFailuresTheWaitDoublesUpToAQuarterOfAnHour() {
        var limiter = LoginLimiter()
        var now = start
        var tries: [Int] = []
        for _ in 0..<4 {
            #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: now) == nil)
            now += 1
        }
        tries = waits(14, in: &limiter, from: &now)
        #expect(tries == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900])
    }

    @Test func aTryWhileItWaitsDoesNotMakeItLonger() {
        var limiter = LoginLimiter()
        for _ in 0..<6 { _ = limiter.admit(name: "asha", address: "192.0.2.1", at: start) }
        #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: start) == 1)
        for _ in 0..<100 { _ = limiter.admit(name: "asha", address: "192.0.2.1", at: start) }
        #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: start) == 1)
        #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: start + 0.5) == 1)
        #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: start + 1) == nil)
    }

    @Test func manyTriesAtOnceDoNotSlipBy() {
        var limiter = LoginLimiter()
        let admitted = (0..<1000).filter { _ in
            limiter.admit(name: "asha", address: "192.0.2.1", at: start) == nil
        }
        #expect(admitted.count == 5)
    }

    @Test func aQuarterOfAnHourWithoutFailureMakesAllForgotten() {
        var limiter = LoginLimiter()
        for _ in 0..<5 { _ = limiter.admit(name: "asha", address: "192.0.2.1", at: start) }
        #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: start) == 1)
        let later = start + 901
        for _ in 0..<5 { #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: later) == nil) }
        #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: later) == 1)
    }

    @Test func aSuccessCleansTheNameAndTakesItsOwnTryFromTheAddress() {
        var limiter = LoginLimiter()
        for _ in 0..<4 { _ = limiter.admit(name: "asha", address: "192.0.2.1", at: start) }
        for _ in 0..<50 {
            #expect(limiter.admit(name: "Asha", address: "192.0.2.1", at: start) == nil)
            limiter.succeeded(name: "ASHA", address: "192.0.2.1")
        }
        #expect(limiter.admit(name: "binu", address: "192.0.2.1", at: start) == nil)
        #expect(limiter.admit(name: "asha", address: "192.0.2.1", at: start) == 1)
        #expect(limiter.admit(name: "asha", address: "192.0.2.2", at: start) == nil)
    }

    @Test func manyNamesFromOneAddressWaitAsOneNameFromManyAddressesDoes() {
        var limiter = LoginLimiter()
        for number in 0..<5 { _ = limiter.admit(name: "name \(number)", address: "192.0.2.1", at: start) }
        #expect(limiter.admit(name: "another", address: "192.0.2.1", at: start) == 1)
        for number in 0..<5 { _ = limiter.admit(name: "asha", address: "198.51.100.\(number)", at: start) }
        #expect(limiter.admit(name: "asha", address: "198.51.100.99", at: start) == 1)
        #expect(limiter.admit(name: "binu", address: "198.51.100.99", at: start) == nil)
    }

    @Test func aNetworkOfIPv6IsOneAddressAndAMappedOneIsTheIPv4Address() {
        var limiter = LoginLimiter()
        for number in 0..<5 { _ = limiter.admit(name: "name \(number)", address: "2001:db8:0:1::\(number)", at: start) }
        #expect(limiter.admit(name: "x", address: "2001:db8:0:1:ffff::1", at: start) == 1)
        #expect(limiter.admit(name: "x", address: "2001:db8:0:2::1", at: start) == nil)
        for number in 0..<5 { _ = limiter.admit(name: "other \(number)", address: "::ffff:192.0.2.7", at: start) }
        #expect(limiter.admit(name: "y", address: "192.0.2.7", at: start) == 1)
        #expect(limiter.admit(name: "y", address: "::ffff:192.0.2.8", at: start) == nil)
    }

    @Test func whenThereAreTooManyTheOneWithTheMostFailuresIsNotForgotten() {
        var limiter = LoginLimiter(capacity: 8)
        for number in 0..<5 { _ = limiter.admit(name: "asha", address: "192.0.2.\(number)", at: start) }
        for number in 0..<1000 { _ = limiter.admit(name: "name \(number)", address: "address \(number)", at: start) }
        #expect(limiter.admit(name: "asha", address: "192.0.2.200", at: start) == 1)
    }
}
