import Foundation
import Metering
import Postgres

/// A device with its household and the meter it carries.
private let tables: SQL = """
    FROM device LEFT JOIN household ON household.household_id = device.household_id
    LEFT JOIN LATERAL (
        SELECT * FROM meter WHERE meter.device_id = device.device_id ORDER BY meter_id LIMIT 1) AS meter ON true
    """

private let facts: SQL = """
    device.device_id, device.name, device.household_id, household.slug, device.consumer_number,
    device.socket_names, device.never_cut, device.may_probe, device.relay_rating_a, device.created_at, device.announced_at, device.revoked_at,
    meter.meter_id, meter.last_at
    """

extension Device {
    static let columns: SQL = "SELECT \(facts) \(tables)"

    static func fromRow(
        _ id: Int64, _ name: String, _ household: Int64?, _ slug: String?, _ consumerNumber: String?,
        _ socketNames: [String], _ neverCut: Int16, _ mayProbe: Int16, _ rating: Double, _ createdAt: Date,
        _ announcedAt: Date?, _ revokedAt: Date?,
        _ meter: Int64?, _ lastReadingAt: Date?
    ) -> Device {
        Device(
            id: id, name: name, household: household, householdSlug: slug, consumerNumber: consumerNumber,
            socketNames: socketNames, neverCut: RelayStates(rawValue: neverCut),
            probeConsent: RelayStates(rawValue: mayProbe), ratedAmperes: rating, createdAt: createdAt,
            announcedAt: announcedAt, revokedAt: revokedAt, meter: meter, lastReadingAt: lastReadingAt)
    }
}

extension DeviceDirectory {
    static let columns: SQL = """
        SELECT \(facts), device.token_sha256, household.zone, household.locale,
               meter.name, meter.role, meter.maximum_power_w, meter.cadence_s, meter.modulus_mwh \(tables)
        """
}

extension DeviceDirectory.Entry {
    static func fromRow(
        _ id: Int64, _ name: String, _ household: Int64?, _ slug: String?, _ consumerNumber: String?,
        _ socketNames: [String], _ neverCut: Int16, _ mayProbe: Int16, _ rating: Double, _ createdAt: Date,
        _ announcedAt: Date?, _ revokedAt: Date?,
        _ meter: Int64?, _ lastReadingAt: Date?, _ tokenHash: String, _ zone: String?, _ locale: String?,
        _ meterName: String?, _ role: String?, _ maximumPower: Double?, _ cadence: Double?, _ modulus: Energy?
    ) -> DeviceDirectory.Entry {
        let device = Device.fromRow(
            id, name, household, slug, consumerNumber, socketNames, neverCut, mayProbe, rating, createdAt, announcedAt,
            revokedAt, meter,
            lastReadingAt)
        do {
            return .device(
                DeviceEntry(
                    device: device, tokenHash: tokenHash,
                    household: try HouseholdPlace.fromRow(household, slug, zone, locale),
                    meter: try Meter.fromRow(meter, meterName, role, device: id, maximumPower, cadence, modulus)))
        } catch { return .unreadable(UnreadableDevice(id: id, reason: "\(error)")) }
    }
}

extension HouseholdPlace {
    /// Nil when the device has no household.
    fileprivate static func fromRow(
        _ id: Int64?, _ slug: String?, _ zone: String?, _ locale: String?
    ) throws -> HouseholdPlace? {
        guard let id, let slug, let zone, let locale else { return nil }
        guard let timeZone = TimeZone(identifier: zone) else {
            throw StoreError(.unreadable, "household '\(slug)' lies in the unknown time zone '\(zone)'")
        }
        return HouseholdPlace(id: id, slug: slug, zone: timeZone, locale: locale)
    }
}

extension Meter {
    /// Nil when the device carries none.
    fileprivate static func fromRow(
        _ id: Int64?, _ name: String?, _ role: String?, device: Int64, _ maximumPower: Double?, _ cadence: Double?,
        _ modulus: Energy?
    ) throws -> Meter? {
        guard let id, let name, let role, let maximumPower, let cadence else { return nil }
        return try Meter.fromRow(id, name, role, device, maximumPower, cadence, modulus)
    }
}
