import Foundation
import Metering
import Postgres
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct ImportTests {
    private func write(_ text: String, in folder: TemporaryFolder) throws -> String {
        let path = folder.path + "/readings.csv"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func stored() async throws -> Int {
        try await Database.scratch.run { connection in
            try connection.first("SELECT count(*) FROM reading", { (count: Int) in count }) ?? 0
        }
    }

    private static let withFaults = """
        timestamp,energy_kWh,power_W
        2025-06-01 00:00:00,10.0,200
        2025-06-01 00:01:00,oops,200
        2025-06-01 00:02:00,10.1,200
        tomorrow,10.2,200
        """

    @Test func goodLinesAreTakenOnceAndBadOnesAreNamed() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = try write(Self.withFaults, in: folder)
        for new in [2, 0] {
            let run = try Program.wattbuddy("import", path, "--household", "asha")
            #expect(run.status == 65)
            #expect(run.output == "2 readings of 1 meters taken, \(new) of them new; 2 lines left out\n")
            #expect(run.errors.contains("energy_kWh: 'oops' is not a number: line 3"))
            #expect(run.errors.contains("timestamp: 'tomorrow' is not a time: line 5"))
            #expect(try await stored() == 2)
        }
    }

    @Test func strictTakesNothingOfAFileWithAFault() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let run = try Program.wattbuddy(
            "import", try write(Self.withFaults, in: folder), "--household", "asha", "--strict")
        #expect(run.status == 65)
        #expect(run.errors.contains("2 of 4 lines have a fault"))
        #expect(try await stored() == 0)
    }

    private static let refusals: [(arguments: [String], status: Int32)] = [
        (["import", "/nowhere.csv", "--household", "a"], 65),
        (["import", "/dev/null", "--household", "a", "--zone", "Mars/Base"], 64),
        (["import", "/dev/null", "--household", "Not A Slug"], 64), (["nightly", "--as-of", "yesterday"], 64),
        (["nightly", "--household", "nobody"], 64), (["nonsense"], 64),
    ]

    @Test(arguments: refusals)
    func whatCannotBeDoneIsSaidInOneSentence(_ arguments: [String], _ status: Int32) throws {
        let run = try Program.run(
            Program.products.appending(path: "wattbuddy"), arguments,
            environment: [
                "WATTBUDDY_DATABASE_URL": Database.scratchConfiguration.conninfo,
                "WATTBUDDY_DATABASE_SCHEMA": Database.scratchConfiguration.schema ?? "",
                "WATTBUDDY_TEMPLATES": repository.appending(path: "Templates").path(percentEncoded: false),
            ])
        #expect(run.status == status, "\(run.errors)")
        #expect(!run.errors.isEmpty)
        #expect(!run.errors.contains("SELECT"))
    }

    @Test func noDatabaseIsForAnotherTry() throws {
        let run = try Program.wattbuddy(
            "status", settings: ["DATABASE_URL": "host=/nowhere dbname=x connect_timeout=2"])
        #expect(run.status == 75)
    }

    /// The house of Sceaux, half a year by the minute with its gaps and a clock that did not go forward.
    @Test(.enabled(if: SharedData.isThere, "the shared data are not on this machine"))
    func theMonthsAreTheDifferenceOfTheRegisterAtLocalMidnights() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = SharedData.folder.appending(path: "minute/uci_sceaux_1min_2006-12_2007-06.csv.gz").path()
        let taken = try Program.wattbuddy("import", file, "--household", "sceaux", "--zone", "Europe/Paris")
        try #require(taken.status == 0, "\(taken.errors)")
        let night = try Program.wattbuddy(
            "nightly", "--as-of", "2007-06-10T23:30:00+02:00", settings: ["OUTPUT": folder.path + "/Output"])
        try #require(night.status == 0, "\(night.errors)")
        // What the file's own column shows at the first minute of the month, less that of the month before.
        let months = [
            ("2007-01", 1_150_160_200), ("2007-02", 941_479_700), ("2007-03", 981_090_800), ("2007-04", 586_305_400),
            ("2007-05", 733_482_400),
        ]
        for (month, milliwattHours) in months {
            let lines = try folder.text("Output/households/sceaux/\(month)/days.csv").split(separator: "\n").dropFirst()
            let days = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false)[1].filter { $0 != "." } }
            #expect(days.compactMap { Int($0) }.reduce(0, +) == milliwattHours, "\(month)")
        }
        let april = try folder.text("Output/households/sceaux/2007-04/index.html")
        #expect(april.contains("586.305 kWh") && april.contains("1 gap in the readings"))
    }
}
