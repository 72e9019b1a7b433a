import Metering
package import Postgres

extension Energy: PostgresConvertible {
    package var stored: Int64 { milliwattHours }

    package init(stored: Int64) {
        self.init(milliwattHours: stored)
    }
}

extension LocalDate: PostgresConvertible {
    package var stored: PostgresDay { PostgresDay(daysSince1970: daysSince1970) }

    package init(stored: PostgresDay) {
        self.init(daysSince1970: stored.daysSince1970)
    }
}
