package import Foundation
import Billing
package import Metering
package import Postgres

/// Households and their meters.
package struct HouseholdStore: Sendable {
    let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Every household in the order of its path name, or those that fall to one of several shards; one that cannot be
    /// read is told beside them and stops none of the others.
    ///
    /// - Parameter shard: this process's number from 0 and how many there are; nil for all.
    package func all(shard: (index: Int, count: Int)? = nil) async throws -> HouseholdList {
        let (index, count) = shard ?? (0, 1)
        return HouseholdList(
            try await database.run { connection in
                try connection.query(
                    "\(Household.columns) WHERE household_id % \(count)::bigint = \(index)::bigint ORDER BY slug",
                    HouseholdList.Entry.fromRow)
            })
    }

    package func household(named slug: String) async throws -> Household? {
        try await database.run { connection in
            try connection.query("\(Household.columns) WHERE slug = \(slug)", Household.fromRow).first
        }
    }

    /// Enters a household, or changes the one with the same path name.
    package func save(_ draft: HouseholdDraft) async throws -> Household {
        let inputs = try draft.encodedInputs()
        return try await database.run { connection in
            try connection.transaction { try Self.save(draft, inputs: inputs, on: connection) }
        }
    }

    private static func save(_ draft: HouseholdDraft, inputs: String, on connection: Connection) throws -> Household {
        try connection.execute(
            """
            INSERT INTO household (slug, name, consumer_number, zone, locale, mail_to, inputs,
                                   billing_months, billing_anchor_day, billing_phase, reading_days)
            VALUES (\(draft.slug), \(draft.name), \(draft.consumerNumber), \(draft.zone.identifier), \(draft.locale),
                    \(draft.mailTo), \(inputs)::text::jsonb, \(draft.cycle.months)::int, \(draft.cycle.anchorDay)::int,
                    \(draft.cycle.phase)::int, \(draft.cycle.readingDays)::date[])
            ON CONFLICT (slug) DO UPDATE SET
                name = excluded.name, consumer_number = excluded.consumer_number, zone = excluded.zone,
                locale = excluded.locale, mail_to = excluded.mail_to, inputs = excluded.inputs,
                billing_months = excluded.billing_months, billing_anchor_day = excluded.billing_anchor_day,
                billing_phase = excluded.billing_phase, reading_days = excluded.reading_days
            """)
        let saved = try connection.query("\(Household.columns) WHERE slug = \(draft.slug)", Household.fromRow)
        guard let household = saved.first else {
            throw StoreError(.absent, "household '\(draft.slug)' is gone right after it was saved")
        }
        try DeviceStore.noteChange(
            of: "SELECT device_id FROM device WHERE household_id = \(household.id)", on: connection)
        return household
    }

    /// The meters of all households, with the number of the household of each, in order of their own numbers.
    package func allMeters() async throws -> [(household: Int64, meter: Meter)] {
        try await database.run { connection in
            try connection.query(
                "SELECT household_id, \(Meter.columns) ORDER BY meter_id",
                {
                    (
                        household: Int64, id: Int64, name: String, role: String, device: Int64?, power: Double,
                        cadence: Double, modulus: Energy?
                    ) in
                    (household, try Meter.fromRow(id, name, role, device, power, cadence, modulus))
                })
        }
    }

    package func meters(of household: Household) async throws -> [Meter] {
        try await database.run { connection in
            try connection.query(
                "SELECT \(Meter.columns) WHERE household_id = \(household.id) ORDER BY name", Meter.fromRow)
        }
    }

    /// Says what a meter's register can do; nothing of it is learned from readings. What was rolled up is rolled up again.
    package func setLimits(of meter: Meter, maximumPower: Double?, modulus: Energy?) async throws {
        try await database.run { connection in
            try connection.transaction {
                try connection.execute(
                    """
                    UPDATE meter SET maximum_power_w = coalesce(\(maximumPower), maximum_power_w),
                        modulus_mwh = coalesce(\(modulus), modulus_mwh),
                        changed_from = first_at, changes = changes + 1
                    WHERE meter_id = \(meter.id)
                    """)
                try DeviceStore.noteChange(
                    of: "SELECT device_id FROM meter WHERE meter_id = \(meter.id)", on: connection)
            }
        }
    }

    /// The meter that is billed; nil when the household has none yet.
    package func mainMeter(of household: Household) async throws -> Meter? {
        try await meters(of: household).first { $0.role == .main }
    }

    /// Enters a meter of the household, or changes role and cadence of the one with this name.
    ///
    /// A cadence that grew finer or coarser is taken over: it decides what counts as a gap.
    package func saveMeter(
        named name: String, of household: Household, role: Meter.Role, cadence: Double
    ) async throws -> Meter {
        try await database.run { connection in
            try connection.transaction {
                try Self.enterMeter(named: name, of: household.id, role: role, cadence: cadence, on: connection)
            }
        }
    }

    /// The same inside a transaction that does more.
    static func enterMeter(
        named name: String, of household: Int64, role: Meter.Role, cadence: Double, on connection: Connection
    ) throws -> Meter {
        try connection.execute(
            "INSERT INTO meter_name (household_id, name) VALUES (\(household), \(name)) ON CONFLICT DO NOTHING")
        let ids = try connection.query(
            "SELECT meter_id FROM meter_name WHERE household_id = \(household) AND name = \(name)",
            { (id: Int64) in id })
        guard let id = ids.first else { throw StoreError(.absent, "meter '\(name)' has no number") }
        try connection.execute(
            """
            INSERT INTO meter (meter_id, household_id, name, role, cadence_s)
            VALUES (\(id), \(household), \(name), \(role.rawValue), \(cadence))
            ON CONFLICT (meter_id) DO UPDATE SET role = excluded.role, cadence_s = excluded.cadence_s
            """)
        let saved = try connection.query("SELECT \(Meter.columns) WHERE meter_id = \(id)", Meter.fromRow)
        guard let meter = saved.first else {
            throw StoreError(.absent, "meter '\(name)' is gone right after it was saved")
        }
        try DeviceStore.noteChange(of: "SELECT device_id FROM meter WHERE meter_id = \(id)", on: connection)
        return meter
    }
}

/// What is told about a household when it is entered or changed.
package struct HouseholdDraft: Hashable, Sendable {
    package let slug: String
    package var name: String
    package var consumerNumber: String?
    package var zone: TimeZone
    package var locale: String
    package var mailTo: String?
    package var inputs: [String: String]
    package var cycle: BillingCycle

    /// - Parameter slug: lower-case letters, digits and hyphens; nil for anything else.
    package init?(slug: String, zone: TimeZone) {
        guard Self.isSlug(slug) else { return nil }
        self.slug = slug
        self.zone = zone
        name = slug
        locale = "en-IN"
        inputs = [:]
        cycle = BillingCycle()
    }

    /// The draft that would leave `household` as it is.
    package init(_ household: Household) {
        slug = household.slug
        name = household.name
        consumerNumber = household.consumerNumber
        zone = household.zone
        locale = household.locale
        mailTo = household.mailTo
        inputs = household.account.inputs
        cycle = household.cycle
    }

    private static func isSlug(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.first != "-"
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }

    fileprivate func encodedInputs() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(inputs), as: UTF8.self)
    }
}

extension Household {
    fileprivate static let columns: SQL = """
        SELECT household_id, slug, name, consumer_number, zone, locale, mail_to, inputs::text,
               billing_months::bigint, billing_anchor_day::bigint, billing_phase::bigint, reading_days
        FROM household
        """

    fileprivate static func fromRow(
        _ id: Int64, _ slug: String, _ name: String, _ consumerNumber: String?, _ zone: String, _ locale: String,
        _ mailTo: String?, _ inputs: String, _ months: Int, _ anchorDay: Int, _ phase: Int,
        _ readingDays: [LocalDate]
    ) throws -> Household {
        guard let timeZone = TimeZone(identifier: zone) else {
            throw StoreError(.unreadable, "household '\(slug)' lies in the unknown time zone '\(zone)'")
        }
        return Household(
            id: id, slug: slug, name: name, consumerNumber: consumerNumber, zone: timeZone, locale: locale,
            mailTo: mailTo, account: Account(try JSONDecoder().decode([String: String].self, from: Data(inputs.utf8))),
            cycle: BillingCycle(
                months: months, anchorDay: anchorDay, phase: phase, readingDays: readingDays))
    }
}

extension HouseholdList.Entry {
    fileprivate static func fromRow(
        _ id: Int64, _ slug: String, _ name: String, _ consumerNumber: String?, _ zone: String, _ locale: String,
        _ mailTo: String?, _ inputs: String, _ months: Int, _ anchorDay: Int, _ phase: Int,
        _ readingDays: [LocalDate]
    ) -> HouseholdList.Entry {
        do {
            return .household(
                try Household.fromRow(
                    id, slug, name, consumerNumber, zone, locale, mailTo, inputs, months, anchorDay, phase, readingDays)
            )
        } catch { return .unreadable(UnreadableHousehold(slug: slug, name: name, reason: "\(error)")) }
    }
}

extension Meter {
    fileprivate static let columns: SQL =
        "meter_id, name, role, device_id, maximum_power_w, cadence_s, modulus_mwh FROM meter"

    static func fromRow(
        _ id: Int64, _ name: String, _ role: String, _ device: Int64?, _ maximumPower: Double, _ cadence: Double,
        _ modulus: Energy?
    ) throws -> Meter {
        guard let known = Role(rawValue: role) else {
            throw StoreError(.unreadable, "meter '\(name)' has the unknown role '\(role)'")
        }
        return Meter(
            id: id, name: name, role: known, device: device,
            limits: RegisterLimits(maximumPower: maximumPower, cadence: cadence, modulus: modulus))
    }
}
