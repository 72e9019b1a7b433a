import ArgumentParser
import Deployment
import Foundation
import Metering
import Reports
import Store
import Transfer

struct SendBills: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send-bills", abstract: "Mails the bills that were not mailed yet, each once.",
        discussion: """
            Set WATTBUDDY_MAIL_HOST and WATTBUDDY_MAIL_FROM; also WATTBUDDY_MAIL_PORT (587), WATTBUDDY_MAIL_SECURITY \
            (starttls, tls or none), WATTBUDDY_MAIL_USERNAME, WATTBUDDY_MAIL_PASSWORD, WATTBUDDY_MAIL_AUTHORITIES.
            """)

    @OptionGroup var options: JobOptions

    @Option(help: "Only bills whose period ended at most so many days ago.")
    var days = 45

    func run() async throws {
        let settings = try await Settings.load()
        guard let from = settings.mailFrom else { throw ValidationError("no sender is set: WATTBUDDY_MAIL_FROM") }
        guard Letter.isAddress(from) else {
            throw ValidationError("WATTBUDDY_MAIL_FROM: '\(from)' is not a mail address")
        }
        let stage = SendBillsStage(
            server: try settings.mailServer(), from: from, days: days,
            templates: try await Templates(directory: settings.templates))
        let stores = try await Stores.open(settings)
        for mail in try await stores.mails.unsettled(before: options.asOf.instant) {
            Console.error(
                "household \(mail.household): the mail of the bill from \(mail.period) to \(mail.recipient) was begun and never "
                    + "settled; nobody knows whether it went out, so it is not sent again")
        }
        try await stores.note("send-bills", options) { households in
            await Job(name: "send-bills", stages: [stage]).run(for: households, asOf: options.asOf.instant, in: stores)
        }
    }
}

/// The mails of a household's newest bills; each is claimed before it is sent and settled after.
struct SendBillsStage: Stage {
    let name = "send-bills"
    let server: SMTPServer
    let from: String
    let days: Int
    let templates: Templates

    func run(for household: Household, asOf: Date, in stores: Stores) async throws {
        guard let recipient = household.mailTo, let meter = try await stores.households.mainMeter(of: household),
            let report = try await stores.report(of: household, asOf: asOf)
        else { return }
        let today = household.clock.date(at: asOf)
        let known = try await stores.mails.states(of: meter)
        let bills = try await stores.bills.newest(
            of: meter, from: today.adding(days: -days - 100), to: today.adding(days: 1))
        for issued in bills where issued.bill.period.end.days(until: today) <= days {
            guard known[issued.bill.period.first]?[issued.revision] == nil else { continue }
            try await send(issued, of: report, to: recipient, asOf: asOf, in: stores)
        }
    }

    private func send(
        _ issued: IssuedBill, of report: HouseholdReport, to recipient: String, asOf: Date, in stores: Stores
    ) async throws {
        guard let bill = try await stores.reported([issued]).first else { return }
        let text = try BillLetter(bill, of: report, templates)
        let host = from.split(separator: "@").last.map(String.init) ?? "localhost"
        let letter = try Letter(
            from: from, to: recipient, subject: text.subject, plainText: text.plainText, html: text.html,
            picture: Letter.Picture(png: text.picture, id: BillLetter.pictureID, name: "bill-\(bill.key).png"),
            messageID: "\(report.slug).\(bill.key).\(issued.revision)@\(host)", date: asOf)
        guard try await stores.mails.claim(issued, for: recipient, messageID: letter.messageID, at: asOf) else {
            return
        }
        do { try server.send(letter) } catch let error as TransferError {
            try await settle(issued, after: error, at: asOf, in: stores)
            throw JobError("the bill from \(issued.bill.period.first) to \(recipient): \(error)")
        }
        try await stores.mails.settle(issued, as: .sent, at: asOf)
    }

    private func settle(_ issued: IssuedBill, after error: TransferError, at now: Date, in stores: Stores) async throws
    {
        switch error.kind {
        case .unavailable: try await stores.mails.release(issued)
        case .refused, .badLetter: try await stores.mails.settle(issued, as: .refused, error: error.message, at: now)
        case .uncertain: return
        }
    }
}
