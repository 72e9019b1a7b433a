package import Billing
package import Foundation
package import Metering
package import Postgres

/// Bills, each with its revisions; a bill that was made is never changed.
package struct BillStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Stores a bill unless the newest one for its period says the same; one that differs becomes the next revision.
    ///
    /// - Returns: the bill as it stands now, and whether it is new.
    package func save(_ draft: BillDraft, of meter: Meter) async throws -> (bill: IssuedBill, isNew: Bool) {
        let charges = try StoredCharge.encode(draft.bill.charges)
        return try await database.run { connection in
            try connection.transaction {
                // One at a time for a meter, so that two runs do not both write the same revision.
                try connection.execute("SELECT meter_id FROM meter WHERE meter_id = \(meter.id) FOR UPDATE")
                let newest = try Self.bills(of: meter, period: draft.bill.period.first, on: connection).last
                if let newest, newest.says(draft) { return (newest, false) }
                let issued = IssuedBill(draft, meter: meter.id, revision: (newest?.revision ?? 0) + 1)
                try Self.insert(issued, charges: charges, on: connection)
                return (issued, true)
            }
        }
    }

    private static func insert(_ issued: IssuedBill, charges: String, on connection: Connection) throws {
        let bill = issued.bill
        try connection.execute(
            """
            INSERT INTO bill (meter_id, period_first, revision, period_end, tariff_id, tariff_sha256, energy_mwh,
                billed_mwh, observed_s, total_s, quality, currency, total_minor, charges, notes, made_as_of, receipt)
            VALUES (\(issued.meter), \(bill.period.first)::date, \(issued.revision)::int, \(bill.period.end)::date,
                \(bill.tariff), \(issued.tariffSHA256), \(bill.energy), \(bill.billedEnergy),
                \(issued.coverage.observedSeconds)::int, \(issued.coverage.totalSeconds)::int, \(issued.quality.rawValue),
                \(bill.currency.code), \(bill.total.minorUnits), \(charges)::text::jsonb, \(bill.notes), \(issued.madeAsOf), \(issued.receipt))
            """)
    }

    /// The newest revision of each bill whose period lies between `first` and `end`, in order of time.
    package func newest(of meter: Meter, from first: LocalDate, to end: LocalDate) async throws -> [IssuedBill] {
        try await database.run { connection in
            try connection.query(
                """
                \(IssuedBill.columns) WHERE meter_id = \(meter.id)
                AND period_first >= \(first)::date AND period_end <= \(end)::date
                AND revision = (SELECT max(revision) FROM bill AS other
                                WHERE other.meter_id = bill.meter_id AND other.period_first = bill.period_first)
                ORDER BY period_first
                """, IssuedBill.fromRow)
        }
    }

    /// All revisions of the bill for the period that begins on `first`, the oldest first.
    package func revisions(of meter: Meter, period first: LocalDate) async throws -> [IssuedBill] {
        try await database.run { connection in
            try Self.bills(of: meter, period: first, on: connection)
        }
    }

    private static func bills(
        of meter: Meter, period first: LocalDate, on connection: Connection
    ) throws -> [IssuedBill] {
        try connection.query(
            """
            \(IssuedBill.columns) WHERE meter_id = \(meter.id) AND period_first = \(first)::date ORDER BY revision
            """, IssuedBill.fromRow)
    }
}

/// A bill on its way to being stored.
package struct BillDraft: Sendable {
    package let bill: Bill
    package let tariffSHA256: String
    package let coverage: Coverage
    package let quality: Quality
    package let madeAsOf: Date
    /// All that the bill was made from, as JSON (``Receipt``).
    package let receipt: String?

    package init(
        _ bill: Bill, tariffSHA256: String, consumption: Consumption, madeAsOf: Date, receipt: String? = nil
    ) {
        self.init(
            bill, tariffSHA256: tariffSHA256, coverage: consumption.coverage, quality: consumption.quality,
            madeAsOf: madeAsOf, receipt: receipt)
    }

    fileprivate init(
        _ bill: Bill, tariffSHA256: String, coverage: Coverage, quality: Quality, madeAsOf: Date, receipt: String?
    ) {
        self.bill = bill
        self.tariffSHA256 = tariffSHA256
        self.coverage = coverage
        self.quality = quality
        self.madeAsOf = madeAsOf
        self.receipt = receipt
    }
}

/// A bill as it was made.
package struct IssuedBill: Hashable, Sendable {
    package let meter: Int64
    /// 1 for the first; a correction has the next number.
    package let revision: Int
    package let bill: Bill
    package let tariffSHA256: String
    package let coverage: Coverage
    package let quality: Quality
    package let madeAsOf: Date
    /// All that it was made from, as JSON; nil for bills of versions that kept none.
    package let receipt: String?

    init(_ draft: BillDraft, meter: Int64, revision: Int) {
        self.meter = meter
        self.revision = revision
        bill = draft.bill
        tariffSHA256 = draft.tariffSHA256
        coverage = draft.coverage
        quality = draft.quality
        madeAsOf = draft.madeAsOf
        receipt = draft.receipt
    }

    /// Whether this bill and the draft tell the household the same; a new text of the tariff alone is no new bill.
    package func says(_ draft: BillDraft) -> Bool {
        bill == draft.bill && coverage == draft.coverage && quality == draft.quality
    }
}

extension IssuedBill {
    fileprivate static let columns: SQL = """
        SELECT meter_id, revision::bigint, period_first, period_end, tariff_id, tariff_sha256, energy_mwh, billed_mwh,
               observed_s::bigint, total_s::bigint, quality, currency, total_minor, charges::text, notes, made_as_of, receipt
        FROM bill
        """

    fileprivate static func fromRow(
        _ meter: Int64, _ revision: Int, _ first: LocalDate, _ end: LocalDate, _ tariff: String, _ sha256: String,
        _ energy: Energy, _ billed: Energy, _ observed: Int, _ total: Int, _ quality: Int16, _ currency: String,
        _ minorUnits: Int64, _ charges: String, _ notes: [String], _ madeAsOf: Date, _ receipt: String?
    ) throws -> IssuedBill {
        guard let currency = Currency(code: currency), first < end else {
            throw StoreError(.unreadable, "the bill of meter \(meter) from \(first) cannot be read")
        }
        let bill = Bill(
            tariff: tariff, currency: currency, period: BillingPeriod(first: first, end: end), energy: energy,
            billedEnergy: billed, charges: try StoredCharge.decode(charges), total: Money(minorUnits: minorUnits),
            notes: notes)
        let draft = BillDraft(
            bill, tariffSHA256: sha256, coverage: Coverage(observedSeconds: observed, totalSeconds: total),
            quality: Quality(rawValue: quality), madeAsOf: madeAsOf, receipt: receipt)
        return IssuedBill(draft, meter: meter, revision: revision)
    }
}
