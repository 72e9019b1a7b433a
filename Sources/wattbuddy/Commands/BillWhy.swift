import ArgumentParser
import Billing
import Deployment
import Foundation

/// Why one bill is not like another.
struct BillWhy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Says why a bill differs from an earlier one, to the last minor unit.")

    @Argument(help: "The receipt of the earlier bill.", completion: .file())
    var older: String

    @Argument(help: "The receipt of the later bill.", completion: .file())
    var newer: String

    func run() async throws {
        let (old, new) = (try Receipt(file: older).billedCase(), try Receipt(file: newer).billedCase())
        let change = try BillChange(from: old, to: new)
        let currency = new.bill.currency
        Console.say("\(old.bill.total.text(in: currency)) to \(new.bill.total.text(in: currency)) \(currency.code)")
        for effect in change.effects { Console.say("  \(effect.amount.text(in: currency))  \(effect.cause.words)") }
        Console.say("  \(change.difference.text(in: currency))  in all")
    }
}

extension Receipt {
    /// - Throws: ``BillingError`` when the file is none.
    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw BillingError(.badReceipt, "\(file) cannot be read")
        }
        try self.init(json: String(decoding: data, as: UTF8.self))
    }
}
