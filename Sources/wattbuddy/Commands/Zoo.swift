import ArgumentParser
import Deployment
import Foundation
import Simulation

struct Zoo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zoo",
        abstract: "How far each way of counting is from the truth, for each thing that can be wrong with a register.",
        discussion: "Histories with known truth are made by seed: the same seeds give the same table.")

    @Option(help: "Histories of each kind.")
    var seeds: Int = 40

    @Option(help: "Readings of a history, about.")
    var size: Int = 10_000

    @Option(help: "Write the table to this Markdown file instead of showing it.")
    var output: String?

    @Flag(help: .hidden)
    var speed = false

    func validate() throws {
        guard (1...10_000).contains(seeds) else { throw ValidationError("--seeds: from 1 to 10000") }
        guard (200...10_000_000).contains(size) else { throw ValidationError("--size: from 200 to 10000000") }
    }

    func run() throws {
        if speed { return showSpeed() }
        let page = ErrorTable(seeds: 1...UInt64(seeds), size: size).page + "\n" + verdicts
        guard let output else { return Console.write(page) }
        try Data(page.utf8).write(to: URL(filePath: output), options: .atomic)
    }

    /// How often verdicts that look alike are told apart.
    private var verdicts: String {
        let seeds = 1...UInt64(self.seeds)
        let restarts = RestartTrials(seeds: 1...seeds.upperBound * 25)
        let outages = OutageTrials(seeds: seeds)
        let blind = OutageTrials(seeds: seeds, with: [])
        return """
            ### Verdicts that look alike

            - Restarts and dips told apart: \(percent(restarts.share)) of \(restarts.trials) short histories.
            - Causes of outages: macro-F1 \(String(format: "%.3f", outages.macroF1)) with all evidence. Without any, \
            \(percent(blind.unknownShare)) are called unknown and \(percent(blind.wrongShare)) wrong.

            """
    }

    private func percent(_ share: Double) -> String {
        String(format: "%.2f %%", share * 100)
    }

    private func showSpeed() {
        for trap in [Trap.clean, .coarse, .glitch] {
            let result = RepairBenchmark(trap, readings: size)
            let millions = String(format: "%.1f", result.readingsPerSecond / 1e6)
            Console.say("\(result.name): \(result.readingCount) readings, \(millions) million a second")
        }
    }
}
