import Metering

/// Cuts a bill where prices change.
struct Segmentation {
    let tariff: Tariff
    let terms: BillTerms
    let account: Account
    let consumption: MeteredConsumption
    let whole: Quantities
    let months: Fraction

    private struct Piece {
        let version: TariffVersion
        let first: LocalDate
        let end: LocalDate
        let blend: Fraction?
    }

    func segments() throws -> [Segment] {
        try pieces().flatMap { piece in
            try stretches(of: piece).map { try segment(of: piece, $0.first, $0.end, season: $0.season) }
        }
    }

    /// The whole bill as one segment, with the newest version, for lines that are reckoned once.
    func wholeSegment(like newest: Segment) -> Segment {
        Segment(
            version: newest.version, season: newest.season, dayCount: terms.period.dayCount, share: .one,
            months: months, quantities: whole, basis: wholeBasis, blend: nil)
    }

    private var wholeBasis: SlabBasis {
        SlabBasis(quantities: whole, months: months, dayCount: terms.period.dayCount)
    }

    private func segment(
        of piece: Piece, _ first: LocalDate, _ end: LocalDate, season: String?
    ) throws -> Segment {
        let period = terms.period
        let days = Int64(period.dayCount)
        let (from, to) = (Int64(period.first.days(until: first)), Int64(period.first.days(until: end)))
        let share = Fraction(to - from, over: days)
        let measured = try measured(from: first, to: end)
        let quantities = measured ?? whole.part(from: Fraction(from, over: days), to: Fraction(to, over: days))
        return Segment(
            version: piece.version, season: season, dayCount: Int(to - from), share: share, months: months * share,
            quantities: quantities,
            basis: measured.map { SlabBasis(quantities: $0, months: months * share, dayCount: Int(to - from)) }
                ?? wholeBasis,
            blend: piece.blend)
    }

    /// What was read for a stretch of the days; nil where units are shared out by days, or there is only one stretch.
    private func measured(from first: LocalDate, to end: LocalDate) throws -> Quantities? {
        let period = terms.period
        if first == period.first, end == period.end { return whole }
        let rules = tariff.billing
        guard rules.versionChange == .readAtChange || rules.seasonChange == .readAtChange else { return nil }
        guard !consumption.hours.isEmpty else {
            throw BillingError(
                .missingInput,
                "tariff \(tariff.id) changes on \(first == period.first ? end : first), inside the period, and asks for "
                    + "the reading of that day: the energy must be told by the hour or by readings")
        }
        let hours = consumption.hours.filter { $0.day >= first && $0.day < end }
        return try Quantities(MeteredConsumption(hours: hours), in: tariff, account: account, export: nil)
    }
}

extension Segmentation {
    private func pieces() throws -> [Piece] {
        let period = terms.period
        switch tariff.billing.versionChange {
        case .billDate: return [try piece(by: terms.billDate)]
        case .periodStart: return [try piece(by: period.first)]
        case .periodEnd: return [try piece(by: period.lastDay)]
        case .blendByDays(let places): return try blend(places: places)
        case .splitByDays, .readAtChange: return try split()
        }
    }

    private func piece(by day: LocalDate) throws -> Piece {
        guard let version = tariff.version(on: day) else { throw noVersion(on: day) }
        return Piece(version: version, first: terms.period.first, end: terms.period.end, blend: nil)
    }

    private func split() throws -> [Piece] {
        let period = terms.period
        var pieces: [Piece] = []
        var first = period.first
        while first < period.end {
            guard let version = tariff.version(on: first) else { throw noVersion(on: first) }
            let end = version.through.map { min($0.adding(days: 1), period.end) } ?? period.end
            pieces.append(Piece(version: version, first: first, end: end, blend: nil))
            first = end
        }
        return pieces
    }

    /// Going back from the bill's date, each version weighs its days over the nominal days; the oldest has the rest.
    private func blend(places: Int) throws -> [Piece] {
        let nominal = max(1, (months * Fraction(30)).nearestWhole)
        var day = terms.billDate
        var (past, rest) = (Int64(0), Fraction.one)
        var pieces: [Piece] = []
        while rest != .zero {
            guard let version = tariff.version(on: day) else { throw noVersion(on: day) }
            let days = min(nominal - past, Int64(version.from.days(until: day)) + 1)
            past += days
            let weight = past == nominal ? rest : Fraction(days, over: nominal).rounded(places: places)
            let isAlone = pieces.isEmpty && weight == .one
            if weight != .zero {
                pieces.append(
                    Piece(
                        version: version, first: terms.period.first, end: terms.period.end,
                        blend: isAlone ? nil : weight))
            }
            rest = rest + weight * Fraction(-1)
            day = version.from.adding(days: -1)
        }
        return pieces.reversed()
    }

    private func noVersion(on day: LocalDate) -> BillingError {
        let first = tariff.versions.first.map { "; it begins on \($0.from)" } ?? ""
        let last = tariff.versions.last?.through.map { " and ends on \($0)" } ?? ""
        return BillingError(.noVersion, "tariff \(tariff.id) has no version in force on \(day)\(first)\(last)")
    }
}

extension Segmentation {
    private func stretches(
        of piece: Piece
    ) -> [(first: LocalDate, end: LocalDate, season: String?)] {
        let period = terms.period
        guard piece.version.dependsOnSeason else { return [(piece.first, piece.end, nil)] }
        if let told = terms.account.inputs["season"], tariff.seasons.contains(where: { $0.name == told }) {
            return [(piece.first, piece.end, told)]
        }
        switch tariff.billing.seasonChange {
        case .billDate: return [(piece.first, piece.end, season(on: terms.billDate))]
        case .periodStart: return [(piece.first, piece.end, season(on: period.first))]
        case .periodEnd: return [(piece.first, piece.end, season(on: period.lastDay))]
        case .splitByDays, .readAtChange, .blendByDays: return seasons(from: piece.first, to: piece.end)
        }
    }

    private func seasons(
        from first: LocalDate, to end: LocalDate
    ) -> [(first: LocalDate, end: LocalDate, season: String?)] {
        var stretches: [(first: LocalDate, end: LocalDate, season: String?)] = []
        for offset in 0..<first.days(until: end) {
            let day = first.adding(days: offset)
            let season = season(on: day)
            if let last = stretches.last, last.season == season {
                stretches[stretches.count - 1].end = day.adding(days: 1)
            } else {
                stretches.append((day, day.adding(days: 1), season))
            }
        }
        return stretches
    }

    private func season(on day: LocalDate) -> String? {
        tariff.seasons.first { $0.contains(day) }?.name
    }
}
