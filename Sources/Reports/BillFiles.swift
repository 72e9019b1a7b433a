import Billing
import Foundation
import Metering

/// A bill as files to keep and to send on.
enum BillFiles {
    /// The picture, the page of paper, the lines as a table and, where there is one, the receipt.
    static func files(_ reported: ReportedBill, of report: HouseholdReport, in folder: String) throws -> [SiteFile] {
        let sheet = BillPicture.sheet(reported, of: report)
        let title = "\(report.name), bill for \(report.wording.period(reported.bill.period))"
        let pdf = try sheet.pdf(title: title, madeOn: reported.bill.period.end.description)
        let files = [
            SiteFile("\(folder)/\(reported.key).png", try BillPicture.png(reported, of: report)),
            SiteFile("\(folder)/\(reported.key).pdf", Data(pdf)),
            SiteFile("\(folder)/\(reported.key).csv", csv(reported.bill)),
        ]
        return files + (reported.receipt.map { [SiteFile("\(folder)/\(reported.key).json", $0)] } ?? [])
    }

    /// A line for each product, with the amount of its charge on the first; exact figures with a point.
    static func csv(_ bill: Bill) -> String {
        let rows = bill.charges.flatMap { charge in
            charge.parts.enumerated().map { index, part in
                [
                    charge.id, quoted(charge.label), part.quantityText, part.quantity.unit, part.rate.description,
                    part.amount.description, index == 0 ? charge.amount.description : "",
                ].joined(separator: ",")
            }
        }
        let header = "id,charge,quantity,unit,rate,product,amount"
        let total = "total,To pay,,\(bill.currency.code),,,\(bill.totalText)"
        return ([header] + rows + [total]).joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        text.contains { ",\"\n".contains($0) } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
