import ArgumentParser
import Deployment
import Foundation
import Importing
import Metering
import Store

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Readings from a CSV file, plain or gzip, by the names of its columns.",
        discussion: """
            Time: timestamp, ts or time (ISO 8601, without an offset in --zone; or Unix time), timestamp_utc, or date. \
            Main meter: energy_kWh (register) or kwh (energy of the interval), with power_W, voltage, current, relay1, relay2, \
            boot_id, seq. Further meters: NAME_kWh (register), NAME_Wh (energy of the interval), NAME_W (power). \
            Lines with a fault are named and left out; importing a file again changes nothing.
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(help: "Whose readings these are, where the file has no column 'household'.")
    var household: String?

    @Option(help: "The zone of times without an offset, and of households that are new.")
    var zone: String = "Asia/Kolkata"

    @Option(help: "The meter that is billed, where the names do not tell.")
    var main: String?

    @Flag(help: "Take nothing if a single line has a fault.")
    var strict = false

    func run() async throws {
        guard let timeZone = TimeZone(identifier: zone) else {
            throw ValidationError("--zone: there is no zone '\(zone)'")
        }
        if let household, HouseholdDraft(slug: household, zone: timeZone) == nil {
            throw ValidationError("--household: '\(household)' may hold lower-case letters, digits and hyphens only")
        }
        var source = try ReadingFile(
            path: file, options: ReadingFile.Options(household: household, zone: timeZone, main: main))
        var progress = Progress("check ")
        let survey = try source.survey { progress.show($0) }
        progress.finish()
        for fault in survey.faults.descriptions { Console.error("\(file): \(fault)") }
        if strict, survey.faults.count > 0 {
            Console.error(
                "\(file): nothing taken (--strict): \(survey.faults.count) of \(survey.lineCount) lines have a fault")
            throw ExitCode(ExitStatus.badFile.rawValue)
        }
        let importer = Importer(stores: try await Stores.open(Settings.load()), zone: timeZone)
        var (taken, new) = (0, 0)
        progress = Progress("import")
        let batches = try await importer.take(&source, progress: &progress, counting: &taken, &new)
        progress.finish()
        for note in survey.notes { Console.note("\(file): \(note)") }
        Console.say(
            "\(taken) readings of \(batches) meters taken, \(new) of them new; \(survey.faults.count) lines left out")
        if survey.faults.count > 0 { throw ExitCode(ExitStatus.badFile.rawValue) }
    }
}
