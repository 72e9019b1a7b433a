import Analysis
import Billing
import Metering

/// What the running period's bill may come to, through the tariff.
struct BillOutlook: Sendable {
    let bill: ExpectedBill
    let currency: Currency
}

extension HouseholdReport {
    /// Nil without a tariff or forecast. A tariff that cannot say is no reason to withhold the page: then there is no such figure.
    func outlook() -> BillOutlook? {
        guard let tariff, let forecast, forecast.period == currentPeriod,
            let distribution = ConsumptionDistribution(
                quantiles: Array(zip(Calibration.shares, forecast.current.quantiles)))
        else { return nil }
        do {
            let bill = try ExpectedBill(of: distribution, by: tariff, terms(of: forecast.period), shape: shape)
            return BillOutlook(bill: bill, currency: tariff.currency)
        } catch { return nil }
    }

    private func terms(of period: BillingPeriod) -> BillTerms {
        BillTerms(period, months: cycle.months, account: account)
    }

    /// What was used before today, hour by hour where the tariff asks when.
    private var shape: MeteredConsumption {
        let days = series.days(from: currentPeriod.first, to: today)
        var used = MeteredConsumption(days.map(\.whole.energy).sum())
        guard tariff?.timeOfUse != nil else { return used }
        used.hours = days.hoursByTheClock(clock)
        return used
    }

    /// The next jump of the bill, the next steps and the odds of each slab; nothing where the tariff has none in reach.
    var aheadTexts: [String] {
        guard let tariff else { return [] }
        let cliff = nextCliff
        let texts = cliff.map { [text(of: $0, in: tariff.currency)] } ?? []
        return texts + crossingTexts(except: cliff?.lastUnit) + oddsTexts
    }

    private var nextCliff: Cliff? {
        guard let tariff, let forecast, forecast.period == currentPeriod else { return nil }
        let used = shape
        let days = Int64(max(1, today.days(until: currentPeriod.end)))
        let pace = Energy(milliwattHours: max(0, (forecast.expected - used.energy).milliwattHours / days))
        let search = CliffSearch(tariff, terms(of: currentPeriod), used: used, today: today, pace: pace)
        do {
            // A jump that today's use has passed already is behind.
            let cliff = try search.next(atLeast: Self.leastJump)
            return cliff.flatMap { $0.left > .zero && forecast.crossing(of: $0.lastUnit) != nil ? $0 : nil }
        } catch { return nil }
    }

    /// `12.3 kWh were left below the jump at 250 kWh …`.
    private func text(of cliff: Cliff, in currency: Currency) -> String {
        let left =
            "\(wording.energy(cliff.left)) were left this morning below the jump at "
            + "\(wording.energy(cliff.lastUnit, places: cliff.lastUnit.isWhole ? 0 : 1)): the next unit makes the bill "
            + "\(wording.money(cliff.costOfNextUnit, currency)) higher. "
        let pace =
            "\(wording.energy(cliff.dailyBudget)) a day stay below it until \(wording.shortDate(currentPeriod.lastDay))"
        return left + pace
            + (forecast?.crossing(of: cliff.lastUnit).map { "; it is \(words(of: $0))." } ?? ".")
    }

    /// A jump of less than ten of the currency's units is not worth a line.
    private static let leastJump = Amount("10") ?? .zero

    /// When the next steps of the tariff are passed, as far as there is any doubt.
    private func crossingTexts(except known: Energy?) -> [String] {
        guard let forecast, forecast.period == currentPeriod, let slabs = billOutlook?.bill.slabs else { return [] }
        let crossings = slabs.compactMap(\.upTo).filter { $0 != known }.compactMap(forecast.crossing(of:)).filter {
            $0.odds >= 0.05
        }
        return crossings.prefix(2).map { crossing in
            "The step at \(wording.energy(crossing.limit, places: 0)) is \(words(of: crossing))."
        }
    }

    /// `probably passed on 12 Mar, between 10 Mar and 15 Mar (odds 96 %)`.
    private func words(of crossing: Forecast.Crossing) -> String {
        let odds = "(odds \(wording.percent(min(max(crossing.odds, 0.01), 0.99), places: 0)))"
        guard let earliest = crossing.earliest else { return "probably not passed in this period \(odds)" }
        let first = wording.shortDate(earliest)
        guard let expected = crossing.expected.map(wording.shortDate) else {
            return "probably not passed in this period, and not before \(first) \(odds)"
        }
        guard let latest = crossing.latest.map(wording.shortDate) else {
            return "probably passed on \(expected), not before \(first) and perhaps not at all \(odds)"
        }
        let between = first == latest ? "" : ", between \(first) and \(latest)"
        return "probably passed on \(expected)\(between) \(odds)"
    }

    /// `Odds: 82 % for 151 to 200 kWh, 18 % for 201 to 250 kWh.`; nothing where one slab is sure.
    private var oddsTexts: [String] {
        guard let slabs = billOutlook?.bill.slabs.filter({ $0.odds >= 0.01 }), slabs.count > 1 else { return [] }
        let texts = slabs.map { slab in
            let range =
                slab.upTo.map { "\(wording.kilowattHours(slab.above, places: 0)) to \(wording.energy($0, places: 0))" }
                ?? "more than \(wording.energy(slab.above, places: 0))"
            return "\(wording.percent(slab.odds, places: 0)) for \(range)"
        }
        return ["Odds of the month's total: " + texts.joined(separator: ", ") + "."]
    }
}
