import ArgumentParser
import Deployment
import Foundation
import Importing
import Metering
import Reports

struct ConsumptionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consumption",
        abstract: "Consumption by hour, day or month from a CSV file of readings, plain or gzip; needs no database.",
        discussion: """
            Columns by their names, in any order: timestamp (ISO 8601 with an offset, without one in --zone, or Unix \
            time) and energy_kWh; power_W, voltage, current, relay1, relay2, boot_id and seq are used when present. Lines \
            may come in any order and more than once; lines with a fault are named on standard error and left out. \
            Where nothing is known, coverage is 0 and there is no figure. Days begin at midnight in --zone. \
            Exit codes: 0 done; 64 wrong arguments; 65 the file cannot be used.
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(name: .customLong("by"), help: "The step: \(CalendarStep.choices).")
    var step: CalendarStep = .day

    @Option(help: "The zone whose hours and days are told, and of times without an offset.")
    var zone: String = "Asia/Kolkata"

    @Option(help: "The first day (2025-03-01); else that of the first reading.")
    var from: LocalDate?

    @Option(help: "The day after the last; else the one after the last reading.")
    var to: LocalDate?

    @Option(help: "Kilowatt-hours at which the register begins again at zero: 100000, or 99999, for five digits.")
    var modulus: Double?

    @Option(name: .customLong("max-power"), help: "Watts that the breaker allows.")
    var maximumPower: Double = 50_000

    @Option(help: "The meter, where the file has several.")
    var meter: String?

    @Option(help: "How it is written: \(Listing.Format.choices). Without it a table, or CSV for --events.")
    var format: Listing.Format?

    @Flag(help: "Show what the register did besides counting instead.")
    var events = false

    func validate() throws {
        guard TimeZone(identifier: zone) != nil else { throw ValidationError("--zone: there is no zone '\(zone)'") }
        if let from, let to, from >= to { throw ValidationError("--to: \(to) is not after --from \(from)") }
        if let modulus {
            guard modulus > 0, Energy(kilowattHours: modulus) != nil else {
                throw ValidationError("--modulus: kilowatt-hours above zero are needed, not \(modulus)")
            }
        }
        guard maximumPower > 0, maximumPower.isFinite else {
            throw ValidationError("--max-power: watts above zero are needed, not \(maximumPower)")
        }
    }

    func run() throws {
        let clock = LocalClock(zone: TimeZone(identifier: zone) ?? .gmt)
        let history = try RegisterFile(path: file, zone: clock.zone, meter: meter).read()
        let limits = RegisterLimits(
            maximumPower: maximumPower, cadence: history.cadence ?? 60,
            modulus: modulus.flatMap(Energy.init(kilowattHours:)))
        let repaired = RepairedRegister(history, limits: limits, on: clock)
        let boundaries = try boundaries(of: history, on: clock)
        let listing =
            events
            ? Listing(repaired.events.filter { Self.meets($0.period, boundaries) }, on: clock)
            : Listing(history.periods(between: boundaries, by: repaired), on: clock)
        Console.write(listing.text(as: format ?? (events ? .csv : .table)))
    }

    /// From the first day wanted to the last; without such, hours are told only from the first reading's to the last one's.
    private func boundaries(of history: RegisterHistory, on clock: LocalClock) throws -> [Date] {
        guard let start = history.readings.first?.at, let end = history.readings.last?.at else { return [] }
        let first = from ?? clock.date(at: start)
        // A last reading at midnight ends its day and begins no other.
        let lastDay =
            end > start && clock.start(of: clock.date(at: end)) == end
            ? clock.date(at: end).adding(days: -1) : clock.date(at: end)
        let last = to ?? max(lastDay, first).adding(days: 1)
        guard first < last else { throw ValidationError("--to: \(last) is not after the first day, \(first)") }
        let all = clock.boundaries(by: step, from: first, to: last)
        guard step == .hour else { return all }
        let begin = from == nil ? all.lastIndex { $0 <= start } ?? 0 : 0
        let stop = to == nil ? all.firstIndex { $0 >= end && $0 > start } ?? all.count - 1 : all.count - 1
        return begin < stop ? Array(all[begin...stop]) : all
    }

    private static func meets(_ period: Range<Date>, _ boundaries: [Date]) -> Bool {
        guard let first = boundaries.first, let last = boundaries.last else { return false }
        return period.upperBound >= first && period.lowerBound < last
    }
}

extension CalendarStep: ExpressibleByArgument {
    fileprivate static var choices: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Listing.Format: ExpressibleByArgument {
    fileprivate static var choices: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
