import Billing
import Charts
package import Foundation
import Metering

/// The bill as a picture for the page and the mail.
package enum BillPicture {
    /// The PNG, two pixels for each of its CSS pixels.
    package static func png(_ reported: ReportedBill, of report: HouseholdReport) throws -> Data {
        Data(try sheet(reported, of: report).picture(in: .light).png)
    }

    static func sheet(_ reported: ReportedBill, of report: HouseholdReport) -> BillSheet {
        let (bill, wording) = (reported.bill, report.wording)
        var facts = [(name: "Household", value: report.name)]
        if let number = report.consumerNumber { facts.append((name: "Consumer number", value: number)) }
        facts += [
            (name: "Period", value: wording.period(bill.period)),
            (name: "Used", value: wording.energy(bill.energy, places: 3)),
            (name: "Billed", value: wording.energy(bill.billedEnergy, places: bill.billedEnergy.isWhole ? 0 : 3)),
            (name: "Tariff", value: report.tariff.map { $0.id == bill.tariff ? $0.name : bill.tariff } ?? bill.tariff),
        ]
        if reported.revision > 1 { facts.append((name: "Revision", value: "\(reported.revision)")) }
        return BillSheet(
            title: "Electricity bill", facts: facts,
            lines: bill.charges.map { charge in
                BillSheet.Line(
                    label: charge.label, products: charge.parts.map { BillView.product($0, wording, bill.currency) },
                    amount: wording.amount(charge.amount, bill.currency))
            }, total: (label: "To pay", amount: wording.money(bill.total, bill.currency)),
            notes: BillView.notes(reported, wording))
    }
}
