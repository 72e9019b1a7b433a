package import Metering
import Notices

/// Tells once a day or a month that half, three quarters, nine tenths or all of a limit is used.
///
/// It only goes up: of steps that are passed at once the highest is told. A new period begins anew.
package struct LimitWatch: Sendable {
    package private(set) var limits: HouseholdLimits
    /// What was told in the periods that last; to be kept.
    package private(set) var told: Set<LimitStep>
    /// Watts of the last readings.
    private var powers = PowerWindow()
    /// The step of the power that lasts.
    private var standing: Int?
    private var lastDay: LocalDate?

    package init(_ limits: HouseholdLimits, told: Set<LimitStep> = []) {
        self.limits = limits
        self.told = told
        standing = told.filter { $0.limit == .power }.map(\.percent).max()
    }

    /// Takes other limits; of one that changed, everything is told anew.
    package mutating func change(to new: HouseholdLimits) -> [LimitChange] {
        let changed = HouseholdLimits.Kind.allCases.filter { limits.value(of: $0) != new.value(of: $0) }
        limits = new
        return changed.flatMap { kind in forget { $0.limit == kind } }
    }

    /// Takes the household's power in watts; a step counts when three readings in a row reach it.
    ///
    /// - Parameter day: the household's own.
    package mutating func take(power: Double, on day: LocalDate) -> [LimitChange] {
        let begun = begin(day)
        powers.add(power)
        guard powers.isFull, let held = powers.watts.min(), let most = powers.watts.max() else { return begun }
        return begun + reach(.power, held, on: day) + fall(to: most)
    }

    /// The power's alert ends when three readings in a row lie well below its step.
    private mutating func fall(to power: Double) -> [LimitChange] {
        guard let standing, let limit = limits.power, power < limit * (Double(standing) - Self.calm) / 100 else {
            return []
        }
        self.standing = nil
        return [.over(Self.key(.power))]
    }

    /// Takes what the household has used so far.
    ///
    /// - Parameter day: the household's own.
    package mutating func take(day used: Energy, month: Energy, on day: LocalDate) -> [LimitChange] {
        begin(day) + reach(.day, used.kilowattHours, on: day) + reach(.month, month.kilowattHours, on: day)
    }

    /// Percent of the limit.
    private static let calm = 5.0

    private mutating func reach(_ kind: HouseholdLimits.Kind, _ observed: Double, on day: LocalDate) -> [LimitChange] {
        guard let limit = limits.value(of: kind), let percent = LimitStep.highest(of: observed, against: limit),
            told.insert(LimitStep(kind, on: day, percent: percent)).inserted
        else { return [] }
        let isNews = !told.contains { $0.limit == kind && $0.percent > percent }
        for lower in LimitStep.percents where lower < percent { told.insert(LimitStep(kind, on: day, percent: lower)) }
        guard isNews else { return [] }
        if kind == .power { standing = percent }
        return [
            .reached(
                AlertCondition(
                    Self.key(kind), severity: kind.alert.notice.severity(at: percent), observed: observed,
                    usual: limit))
        ]
    }

    private static func key(_ kind: HouseholdLimits.Kind) -> AlertCondition.Key {
        AlertCondition.Key(device: nil, kind: kind.alert, socket: .none)
    }

    /// Forgets what was told of periods that are over.
    private mutating func begin(_ day: LocalDate) -> [LimitChange] {
        guard day != lastDay else { return [] }
        lastDay = day
        return forget { $0.period != $0.limit.period(of: day) }
    }

    private mutating func forget(_ isOver: (LimitStep) -> Bool) -> [LimitChange] {
        let over = told.filter(isOver)
        told.subtract(over)
        if over.contains(where: { $0.limit == .power }) { standing = nil }
        let kinds = Set(over.map(\.limit))
        return HouseholdLimits.Kind.allCases.filter(kinds.contains).map { .over(Self.key($0)) }
    }
}
