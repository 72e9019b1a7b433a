import Billing
import Charts
import Metering

/// A bill in words and figures, with every product so that it can be recomputed by hand.
struct BillView: Sendable {
    struct Line: Sendable {
        let label: String
        let products: [String]
        let amount: String
    }

    let heading: String
    let tariffName: String
    let periodText: String
    let used: String
    let billed: String
    let lines: [Line]
    let sum: String
    let total: String
    let notes: [String]
    let revisionNote: String
    let picture: String
    let pdf: String
    let csv: String
    let receipt: String
    let hasReceipt: Bool
    let changes: [BillChangeView]
    let hasChanges: Bool
    let pictureWidth: Int
    let pictureHeight: Int
    let pictureAlt: String
}

extension BillView {
    init(_ reported: ReportedBill, of report: HouseholdReport, root: String) {
        let bill = reported.bill
        let wording = report.wording
        let currency = bill.currency
        let sheet = BillPicture.sheet(reported, of: report)
        heading = "Bill for \(wording.period(bill.period))"
        tariffName = report.tariff.map { $0.id == bill.tariff ? $0.name : bill.tariff } ?? bill.tariff
        periodText = wording.period(bill.period)
        used = wording.energy(bill.energy, places: 3)
        billed = wording.energy(bill.billedEnergy, places: bill.billedEnergy.isWhole ? 0 : 3)
        lines = bill.charges.map { charge in
            Line(
                label: charge.label, products: charge.parts.map { Self.product($0, wording, currency) },
                amount: wording.amount(charge.amount, currency))
        }
        sum = wording.amount(bill.sumOfCharges, currency)
        total = wording.money(bill.total, currency)
        notes = Self.notes(reported, wording)
        revisionNote = reported.revision > 1 ? "This is revision \(reported.revision); it replaces the one before." : ""
        let files = "\(root)households/\(report.slug)/bills/\(reported.key)"
        picture = "\(files).png"
        pdf = "\(files).pdf"
        csv = "\(files).csv"
        receipt = "\(files).json"
        hasReceipt = reported.receipt != nil
        changes = BillChangeView.all(of: reported, in: report)
        hasChanges = !changes.isEmpty
        pictureWidth = sheet.width
        pictureHeight = sheet.height
        pictureAlt =
            "Bill of \(report.name) for \(wording.period(bill.period)): \(wording.money(bill.total, currency)) for "
            + "\(wording.energy(bill.billedEnergy, places: 0)). The same lines stand in the table beside it."
    }

    /// `50 kWh × ₹3.35 = ₹167.50`
    static func product(_ part: Charge.Part, _ wording: Wording, _ currency: Currency) -> String {
        let rate = wording.rate(part.rate, currency)
        let product =
            switch part.quantity {
            case .energy(let energy): "\(wording.energy(energy, places: energy.isWhole ? 0 : 3)) × \(rate)"
            case .months(let count): count == .one ? "1 month × \(rate)" : "\(share(count, wording)) months × \(rate)"
            case .days(let count): "\(wording.count(count, "day", "days")) × \(rate)"
            case .bill: rate
            case .load(let load, let months):
                "\(wording.decimal(load.description)) × \(share(months, wording)) months × \(rate)"
            case .shortfall(let amount): wording.amount(amount, currency)
            case .carried(let energy):
                "\(wording.energy(energy, places: energy.isWhole ? 0 : 3)) kept for the next bill"
            case .base(let amount):
                "\(wording.decimal(part.rate.description)) % of \(wording.amount(amount, currency))"
            }
        let weighted = part.weight.map { "\(product) × \(share($0, wording))" } ?? product
        return "\(weighted) = \(wording.amount(part.amount, currency))"
    }

    /// `0.9333`, or `31/30` where decimals do not end.
    private static func share(_ fraction: Fraction, _ wording: Wording) -> String {
        let text = fraction.description
        return text.contains("/") ? text : wording.decimal(text)
    }

    static func notes(_ reported: ReportedBill, _ wording: Wording) -> [String] {
        guard !reported.coverage.isComplete else { return reported.bill.notes }
        let share = reported.estimated.map { $0 == .zero ? "" : ", \(wording.energy($0, places: 3)) by estimate" } ?? ""
        let unseen = reported.coverage.totalSeconds - reported.coverage.observedSeconds
        return reported.bill.notes + [
            "The meter was seen for \(wording.percent(reported.coverage.share, places: 2)) of this time "
                + "(\(wording.duration(Double(unseen))) without readings); what it counted meanwhile is in the bill\(share)."
        ]
    }
}

extension Energy {
    /// Whether it is a whole number of kilowatt-hours.
    var isWhole: Bool {
        milliwattHours % Energy.perKilowattHour == 0
    }
}
