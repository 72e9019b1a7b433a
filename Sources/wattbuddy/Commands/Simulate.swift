import ArgumentParser
import Deployment
import Foundation
import Metering
import Simulation
import Transfer

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plays sample households: readings as CSV, into the database, or posted to a daemon.",
        discussion: "The same seed gives the same readings. Households: asha, nair, thomas, rahman, lindenhof.")

    @Option(help: "The first day.")
    var from: LocalDate

    @Option(help: "The day after the last one.")
    var to: LocalDate

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @Option(name: .customLong("home"), help: "Only this household; may be repeated.")
    var homes: [String] = []

    @Flag(help: "Put the readings into the database.")
    var intoDatabase = false

    @Option(help: "Post the readings to this address as NDJSON; the token is WATTBUDDY_INGEST_TOKEN.")
    var post: String?

    func validate() throws {
        guard from < to else { throw ValidationError("--to must lie after --from") }
        guard !intoDatabase || post == nil else {
            throw ValidationError("--into-database and --post exclude each other")
        }
        for home in homes where !SimulatedHome.samples.contains(where: { $0.slug == home }) {
            throw ValidationError("--home: there is no sample household '\(home)'")
        }
    }

    func run() async throws {
        let chosen = SimulatedHome.samples.filter { homes.isEmpty || homes.contains($0.slug) }
        if let post {
            let server = try HTTPPost(url: post, token: try await Settings.load().ingestToken)
            try play(chosen) { home, readings in
                try server.post(Self.ndjson(readings, of: home), contentType: "application/x-ndjson")
            }
        } else if intoDatabase {
            let stores = try await Stores.open(Settings.load())
            for home in chosen { try await SampleLoader(stores: stores, seed: seed).load(home, from: from, to: to) }
        } else {
            Console.say("household,timestamp,energy_kWh,power_W,voltage,current,relay1,relay2,boot_id,seq")
            try play(chosen) { home, readings in Console.write(Self.csv(readings, of: home)) }
        }
    }

    private func play(_ homes: [SimulatedHome], _ take: (SimulatedHome, [Reading]) throws -> Void) throws {
        var progress = Progress("simulate")
        for (index, home) in homes.enumerated() {
            var simulator = try HomeSimulator(home, seed: seed, until: to)
            let days = from.days(until: to)
            for day in 0..<days {
                try take(home, simulator.readings(of: from.adding(days: day)))
                progress.show((Double(index) + Double(day + 1) / Double(days)) / Double(homes.count))
            }
        }
        progress.finish()
    }

    private static func csv(_ readings: [Reading], of home: SimulatedHome) -> String {
        readings.map { reading in
            let fields: [String] = [
                home.slug, timestamp(reading.at), kilowattHours(reading.register), text(reading.power),
                text(reading.voltage),
                text(reading.current), relay(reading, .first), relay(reading, .second), text(reading.bootID),
                text(reading.sequence),
            ]
            return fields.joined(separator: ",") + "\n"
        }.joined()
    }

    private static func ndjson(_ readings: [Reading], of home: SimulatedHome) -> Data {
        let lines = readings.map { reading in
            "{\"device\":\"\(home.slug)\",\"at\":\"\(timestamp(reading.at))\",\"register_mwh\":\(reading.register.milliwattHours),"
                + "\"power_w\":\(number(reading.power)),\"voltage_v\":\(number(reading.voltage)),"
                + "\"current_a\":\(number(reading.current)),\"relay1\":\(relay(reading, .first)),"
                + "\"relay2\":\(relay(reading, .second)),\"boot_id\":\(number(reading.bootID)),\"seq\":\(number(reading.sequence))}\n"
        }
        return Data(lines.joined().utf8)
    }

    private static func timestamp(_ instant: Date) -> String {
        instant.formatted(.iso8601)
    }

    private static func kilowattHours(_ energy: Energy) -> String {
        let (whole, rest) = energy.milliwattHours.quotientAndRemainder(dividingBy: Energy.perKilowattHour)
        return "\(whole)." + String(Energy.perKilowattHour + rest).dropFirst()
    }

    private static func text(_ value: (some CustomStringConvertible)?) -> String {
        value.map(\.description) ?? ""
    }

    private static func number(_ value: (some CustomStringConvertible)?) -> String {
        value.map(\.description) ?? "null"
    }

    private static func relay(_ reading: Reading, _ relay: RelayStates) -> String {
        reading.relays?.contains(relay) == true ? "1" : "0"
    }
}
