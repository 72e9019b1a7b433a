import ArgumentParser
import Deployment
import Importing
import Metering
import Store

extension HouseholdCommand {
    struct Days: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the temperatures and public holidays of a household's days, which its forecast uses.",
            discussion: """
                The file is CSV, plain or gzip, with the columns date, temperature_c (the day's mean, empty where unknown) and \
                holiday (1 or 0). Days to come are a weather forecast. A day that is known already is replaced. \
                Exit codes: 0 done; 64 wrong arguments or a line that cannot be read; 65 the file cannot be used.
                """)

        @Argument(help: "The household's path name.")
        var household: String

        @Argument(help: "The file.")
        var file: String

        func run() async throws {
            let days: [DayConditions]
            do { days = try DailyFile.conditions(path: file) } catch let error as ImportError {
                throw ValidationError(error.message)
            }
            let stores = try await Stores.open(Settings.load())
            guard let found = try await stores.households.household(named: household) else {
                throw ValidationError("there is no household '\(household)'")
            }
            try await stores.households.save(days, of: found)
            Console.say("\(days.count) \(days.count == 1 ? "day" : "days") of \(household) taken")
        }
    }
}
