package import Foundation
package import Metering
package import Postgres

/// Which bills went out by mail: a row is claimed before the mail is sent and settled after.
package struct MailStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// What became of the mail of one bill.
    package enum State: String, Sendable {
        /// A process began to send it and did not say how it ended.
        case claimed
        case sent
        /// The server will never take it.
        case refused
    }

    /// Claims the mail of a bill for this process; false when it was claimed, sent or refused before.
    package func claim(_ issued: IssuedBill, for recipient: String, messageID: String, at now: Date) async throws
        -> Bool
    {
        try await database.run { connection in
            try connection.execute(
                """
                INSERT INTO bill_mail (meter_id, period_first, revision, recipient, state, message_id, claimed_at)
                VALUES (\(issued.meter), \(issued.bill.period.first)::date, \(issued.revision)::int, \(recipient), 'claimed',
                        \(messageID), \(now))
                ON CONFLICT DO NOTHING
                """) == 1
        }
    }

    /// Notes that a claimed mail was taken by the server, or that it never will be.
    package func settle(_ issued: IssuedBill, as state: State, error: String? = nil, at now: Date) async throws {
        try await database.run { connection in
            try connection.execute(
                """
                UPDATE bill_mail SET state = \(state.rawValue), settled_at = \(now), error = \(error)
                WHERE meter_id = \(issued.meter) AND period_first = \(issued.bill.period.first)::date
                AND revision = \(issued.revision)::int
                """)
        }
    }

    /// Gives a claim back when the mail certainly did not go out, so that the next run tries again.
    package func release(_ issued: IssuedBill) async throws {
        try await database.run { connection in
            try connection.execute(
                """
                DELETE FROM bill_mail WHERE meter_id = \(issued.meter)
                AND period_first = \(issued.bill.period.first)::date AND revision = \(issued.revision)::int
                AND state = 'claimed'
                """)
        }
    }

    /// Mails that were begun before `instant` and never settled: nobody knows whether they went out.
    package func unsettled(before instant: Date) async throws -> [UnsettledMail] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT household.slug, bill_mail.period_first, bill_mail.recipient, bill_mail.claimed_at FROM bill_mail
                JOIN meter ON meter.meter_id = bill_mail.meter_id
                JOIN household ON household.household_id = meter.household_id
                WHERE bill_mail.state = 'claimed' AND bill_mail.claimed_at < \(instant)
                ORDER BY bill_mail.claimed_at, household.slug
                """, UnsettledMail.init(household:period:recipient:claimedAt:))
        }
    }

    /// The bills that were mailed already, whatever became of them.
    package func states(of meter: Meter) async throws -> [LocalDate: [Int: State]] {
        let rows = try await database.run { connection in
            try connection.query(
                "SELECT period_first, revision::bigint, state FROM bill_mail WHERE meter_id = \(meter.id)",
                { (first: LocalDate, revision: Int, state: String) in (first, revision, state) })
        }
        return try rows.reduce(into: [:]) { states, row in
            guard let state = State(rawValue: row.2) else {
                throw StoreError(.unreadable, "a mail has the unknown state '\(row.2)'")
            }
            states[row.0, default: [:]][row.1] = state
        }
    }
}

/// A mail of which nobody knows whether it went out.
package struct UnsettledMail: Hashable, Sendable {
    package let household: String
    package let period: LocalDate
    package let recipient: String
    package let claimedAt: Date
}
