import Control
import Foundation
import Metering
import Store

/// What lies ahead of a household, in the original's words.
struct LegacyForecast: Sendable {
    private let target: LegacyHousehold

    init(_ target: LegacyHousehold) {
        self.target = target
    }

    /// The running period as the last night saw it; what is used so far where no night has run.
    func document() async throws -> Document {
        let usage = try await target.usage()
        let meter = try await target.premises.stores.households.mainMeter(of: target.household)
        let forecast =
            try await meter.asyncMap { meter in
                try await target.premises.stores.analysis.newestForecast(
                    of: meter, from: usage.today.adding(days: -3), through: usage.today)
            } ?? nil
        let expected = (forecast?.current.expected ?? usage.periodEnergy).kilowattHours
        return [
            "predictedKwh": .number(expected), "lowKwh": .sure(forecast?.current.low.kilowattHours),
            "highKwh": .sure(forecast?.current.high.kilowattHours),
            "soFarKwh": .number(usage.periodEnergy.kilowattHours), "soFarBill": .sure(usage.soFarAmount),
            "known": .boolean(forecast != nil),
        ]
    }

    /// Watts in the coming hour, as this hour of the week went in the last four weeks.
    func nextHour() async throws -> Document {
        let clock = target.household.clock
        let next = target.now.addingTimeInterval(3600)
        let (day, hour) = (clock.date(at: next), clock.hour(at: next))
        var powers: [Double] = []
        for weeks in 1...4 {
            let past = try await target.day(day.adding(days: -7 * weeks))
            if let past, past.hours.indices.contains(hour), past.hours[hour].isKnown {
                powers.append(past.hours[hour].energy.kilowattHours * 1000)
            }
        }
        let expected = powers.isEmpty ? nil : powers.reduce(0, +) / Double(powers.count)
        let present = target.isLive ? target.latest?.power.map(Double.init) : nil
        let trend = (expected ?? 0) > (present ?? 0) ? "increasing" : "decreasing"
        return [
            "predictedPower": .sure(expected), "confidence": .number(Double(powers.count) / 4), "trend": .text(trend),
            "recommendation": .text(
                expected.map { "At this hour you usually draw about \(Int($0.rounded())) W." }
                    ?? "There are too few readings to tell."),
        ]
    }

    /// The coming day, as its weekday went in the last four weeks.
    func nextDay() async throws -> Document {
        let tomorrow = target.household.clock.date(at: target.now).adding(days: 1)
        var days: [DayConsumption] = []
        for weeks in 1...4 {
            if let past = try await target.day(tomorrow.adding(days: -7 * weeks)), past.whole.isKnown {
                days.append(past)
            }
        }
        let energy = days.isEmpty ? nil : days.map(\.whole.energy.kilowattHours).reduce(0, +) / Double(days.count)
        let anomaly = await target.anomaly()
        return [
            "predictedDailyEnergy": .sure(energy),
            "predictedPeakPower": .sure(days.compactMap(\.peakPower).max().map(Double.init)),
            "confidence": .number(Double(days.count) / 4), "anomalyDetected": .boolean(anomaly != nil),
            "adviceIfAnomalous": .text(anomaly?.sentence ?? ""),
        ]
    }

    /// What a person could do now, from open alerts; nothing is suggested for its own sake.
    func suggestions() async throws -> [Document] {
        await target.premises.alerts.openAlerts(of: target.household.id).map { alert in
            [
                "priority": .text(
                    alert.condition.severity == .info ? "low" : alert.condition.severity == .warning ? "medium" : "high"
                ),
                "title": .text(alert.condition.key.kind.rawValue.replacing("_", with: " ")),
                "message": .text(alert.sentence),
                "action": .text(
                    alert.condition.key.socket.relay.map { "Switch off socket \($0.rawValue)." } ?? "Have a look."),
                "savings_potential": 0,
            ]
        }
    }
}
