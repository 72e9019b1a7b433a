/// What the figures of a kind of notice are counted in.
package enum NoticeUnit: String, Codable, Sendable {
    case watts = "W"
    case volts = "V"
    case amperes = "A"
    case kilowattHours = "kWh"
    case seconds = "s"
    case hours = "h"
}
