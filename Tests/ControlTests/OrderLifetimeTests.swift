import Control
import Testing

struct OrderLifetimeTests {
    @Test func switchingOnIsShortAndWaitsForADevicesThirdReading() {
        #expect(OrderLifetime.usual(isOn: true).seconds == 30)
        #expect(OrderLifetime.usual(isOn: true, cadence: 5).seconds == 30)
        #expect(OrderLifetime.usual(isOn: true, cadence: 60).seconds == 180)
        #expect(OrderLifetime.usual(isOn: true, cadence: 900).seconds == 600)
        #expect(OrderLifetime.usual(isOn: false, cadence: 900).seconds == 600)
    }

    @Test(arguments: [(true, 0.5), (true, 601), (false, 86_401), (false, -1), (true, .nan), (false, .infinity)])
    func whatHoldsForTooShortOrTooLongIsRefused(isOn: Bool, seconds: Double) throws {
        let error = #expect(throws: ControlError.self) { try OrderLifetime(asked: seconds, isOn: isOn) }
        #expect(error?.kind == .lifetime)
    }

    @Test func tenMinutesOnAndADayOffAreAllowed() throws {
        #expect(try OrderLifetime(asked: 600, isOn: true).seconds == 600)
        #expect(try OrderLifetime(asked: 86_400, isOn: false).seconds == 86_400)
    }
}
