import Billing
package import Foundation
import Metering

/// The mail that brings a bill: its subject, its text, its HTML and the picture inside.
package struct BillLetter: Sendable {
    package let subject: String
    package let plainText: String
    package let html: String
    package let picture: Data
    /// The HTML shows the picture by this name.
    package static let pictureID = "bill@wattbuddy"

    private struct Page: Sendable {
        let subject: String
        let greeting: String
        let sentence: String
        let pictureID: String
        let pictureWidth: Int
        let pictureAlt: String
        let bill: BillView
    }

    package init(_ reported: ReportedBill, of report: HouseholdReport, _ templates: Templates) throws {
        let (bill, wording) = (reported.bill, report.wording)
        let view = BillView(reported, of: report, root: "")
        let total = wording.money(bill.total, bill.currency)
        let isCorrection = reported.revision > 1
        subject =
            "\(isCorrection ? "Corrected electricity bill" : "Electricity bill") "
            + "for \(wording.period(bill.period)): \(total)"
        let sentence =
            "\(isCorrection ? "your corrected" : "your") electricity bill for \(wording.period(bill.period)) is \(total) for "
            + "\(wording.energy(bill.billedEnergy, places: 0))."
        picture = try BillPicture.png(reported, of: report)
        html = try templates.render(
            Page(
                subject: subject, greeting: "Dear \(report.name),", sentence: sentence, pictureID: Self.pictureID,
                pictureWidth: view.pictureWidth, pictureAlt: view.pictureAlt, bill: view), with: "letter")
        plainText = Self.text(view, greeting: "Dear \(report.name),", sentence: sentence)
    }

    private static func text(_ bill: BillView, greeting: String, sentence: String) -> String {
        let lines = bill.lines.flatMap { line in ["\(line.label): \(line.amount)"] + line.products.map { "  \($0)" } }
        let notes = bill.notes.isEmpty ? [] : [""] + bill.notes
        return
            ([greeting, "", sentence, ""] + lines + ["", "Sum: \(bill.sum)", "To pay: \(bill.total)"] + notes
            + ["", "WattBuddy"]).joined(separator: "\n") + "\n"
    }
}
