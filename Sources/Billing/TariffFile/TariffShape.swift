/// The shape of a tariff file, format 1.
enum TariffShape {
    private static let rates = Shape.named("rates")
    private static let decimal = Shape.format(.decimal)
    private static let rounding = Shape.named("rounding")
    private static let slabs = Shape.named("slabs")

    static let root = Shape.table([
        .required("tariff", .word(["1"]), "The number of this format."),
        .required("id", .format(.id), "By which the tariff is named: country, utility, class."),
        .optional("name", .text, "For people."),
        .optional("sources", .list(.text, least: 1), "The orders and notices that the figures come from."),
        .required("currency", .format(.currency), "ISO 4217."),
        .required("timezone", .format(.zone), "IANA; by its clock days and times of use are told."),
        .optional("inputs", .names(.name, .named("input")), "What the account must or may tell."),
        .required("rounding", .named("roundings")),
        .required("billing", billing),
        .optional("tou", timeOfUse, "Times of use."),
        .optional("seasons", .names(.name, season), "Parts of every year; together they hold every day once."),
        .optional("series", .names(.name, .names(.month, decimal)), "Rates that are set anew each month."),
        .required("versions", .list(version, least: 1), "In order of time, without overlap or hole."),
    ])

    static let definitions: [String: Shape] = [
        "rates": .any([decimal, .word(["unknown"]), .names(nil, rates, words: ["by", "input"])]),
        "limit": .any([
            decimal, .null,
            .table(
                [.optional("per_day", rates), .optional("per_month", rates)], exactlyOne: [["per_day", "per_month"]]),
        ]),
        "rounding": .table([.required("to", decimal), .required("mode", .word(Rounding.Mode.allCases.map(\.rawValue)))]
        ),
        "roundings": .table([
            .required("line", rounding), .required("total", rounding),
            .optional("limits", rounding, "Slab limits, after they were multiplied by the length of the period."),
            .optional("quantity", rounding, "The units billed."),
        ]),
        "input": .any([
            .list(.text, least: 1), .word(["decimal", "boolean"]),
            .table(
                [
                    .optional("type", .word(["decimal", "boolean"])), .optional("values", .list(.text, least: 1)),
                    .optional("default", .text, "What is taken when the account does not tell."),
                    .optional(
                        "optional", .boolean, "A bill can be made without it; conditions on it then do not hold."),
                    .optional("about", .text, "What it means, for people."),
                ], exactlyOne: [["type", "values"]]),
        ]),
        "slab": .table([
            .optional("upto", .named("limit"), "The last unit of the slab; the last slab has none."),
            .required("rate", rates),
        ]),
        "slabs": .list(.named("slab"), least: 1),
        "class": .table(
            [
                .optional("upto", .named("limit"), "The greatest total the class is for; the last class has none."),
                .optional("telescopic", slabs, "Each rate charges the units inside its slab."),
                .optional("whole", slabs, "The rate of the slab reached charges every unit."),
                .optional("tou", .names(nil, decimal), "By what the rates are multiplied in each time-of-use period."),
            ], exactlyOne: [["telescopic", "whole"]]),
        "test": .any([
            .text, .list(.text, least: 1),
            .table([
                .optional("above", decimal), .optional("from", decimal), .optional("upto", decimal),
                .optional("below", decimal),
            ]),
        ]),
        "conditions": .names(nil, .named("test")),
        "line": line,
    ]

    private static let billing = Shape.table([
        .required("months", .whole(1...12), "Months of an ordinary round."),
        .optional(
            "period_length", .word(BillingRules.Length.allCases.map(\.rawValue)),
            "How a period's length comes from its days."),
        .optional(
            "tolerance_days", .list(.whole(1...366), least: 2), "The least and the most days that count as one month."),
        .optional("version_change", .word(changes), "What is done when a version begins inside a period."),
        .optional("season_change", .word(changes.filter { $0 != "blend_by_days" }), "The same for a season."),
        .optional("factor_places", .whole(0...9), "Decimals of a share of a month, or of a version's weight."),
    ])

    static let changes = [
        "bill_date", "period_start", "period_end", "split_by_days", "blend_by_days", "read_at_change",
    ]

    private static let timeOfUse = Shape.table([
        .optional("default", .text, "The period of every hour that no other holds."),
        .optional("optional", .boolean, "A bill can be made when the meter does not tell the periods."),
        .optional("input", .format(.name), "The boolean input that says whether the meter has the periods."),
        .optional("holidays", .list(.any([.format(.date), holiday]), least: 1)),
        .required(
            "periods",
            .list(
                .table([
                    .required("name", .text), .optional("hours", .list(.format(.hours), least: 1)),
                    .optional("days", .list(.word(DayKinds.words), least: 1)),
                    .optional("months", .list(.whole(1...12), least: 1)),
                ]), least: 1)),
    ])

    private static let holiday = Shape.table(
        [
            .optional("day", .format(.dayOfYear), "The same day every year."),
            .optional("moved", .boolean, "Kept on Friday when it is a Saturday, on Monday when a Sunday."),
            .optional("weekday", .word(DayKinds.weekdayNames), "The first, second … such day of a month."),
            .optional("number", .any([.whole(1...5), .word(["last"])])), .optional("month", .whole(1...12)),
        ], exactlyOne: [["day", "weekday"]])

    private static let season = Shape.table([
        .required("from", .format(.dayOfYear)), .required("to", .format(.dayOfYear)),
    ])

    private static let version = Shape.table([
        .required("from", .format(.date)),
        .optional("to", .format(.date), "The last day; absent while it is in force."),
        .optional("checked_until", .format(.date), "The last day for which the sources were seen; later bills say so."),
        .optional("rounding", .named("roundings"), "Of this version alone."),
        .required("lines", .list(.named("line"), least: 1), "In the order of the bill."),
    ])
}

extension TariffShape {
    static let rules = ["energy", "fixed", "per_kwh", "percent", "minimum", "demand", "export"]
    private static let quantity = Shape.text
    private static let names = Shape.list(.text, least: 1)

    private static let line = Shape.table(
        [
            .required("id", .format(.name)), .optional("label", .text, "As the bill names it."),
            .optional("when", .named("conditions"), "All must hold."),
            .optional(
                "unless", .any([.named("conditions"), .list(.named("conditions"), least: 1)]),
                "Where all of one hold, no line."),
            .optional("credit", .boolean, "Taken off the bill."),
            .optional("memo", .boolean, "A step of the reckoning, not billed itself."), .optional("round", rounding),
            .optional("energy", energy), .optional("fixed", fixed), .optional("per_kwh", perKilowattHour),
            .optional("percent", percent), .optional("minimum", minimum), .optional("demand", demand),
            .optional("export", export),
        ], exactlyOne: [rules])

    private static let energy = Shape.table([
        .optional("quantity", quantity), .optional("select_by", quantity, "By whose total the class is chosen."),
        .optional(
            "tier_tou", .word(EnergyCharge.Filling.allCases.map(\.rawValue)),
            "How times of use fill one ladder of slabs."),
        .optional("round_each_slab", .boolean), .required("classes", .list(.named("class"), least: 1)),
    ])

    private static let fixed = Shape.table(
        [
            .required("per", .word(FixedCharge.Unit.allCases.map(\.rawValue))), .optional("amount", rates),
            .optional("by_total", slabs), .optional("select_by", quantity, "By whose total the amount is chosen."),
            .optional("by_load", slabs, "Steps of the load in kW or kVA."),
            .optional("load", load, "The part of the load that is charged."),
            .optional("months", .list(.whole(1...12), least: 1), "Only bills dated in these."),
        ], exactlyOne: [["amount", "by_total", "by_load"]])

    private static let load = Shape.table([
        .optional("input", .format(.name), "load_kw or load_kva, unless said."), .optional("round", rounding),
        .optional("least", decimal), .optional("above", decimal), .optional("upto", decimal),
    ])

    private static let series = Shape.any([.text, .names(nil, .text)])

    private static let perKilowattHour = Shape.table(
        [
            .optional("rate", rates), .optional("series", series), .optional("by_total", slabs),
            .optional("select_by", quantity),
            .optional("quantity", quantity),
            .optional("cap", .named("limit"), "The greatest amount of energy it is for."),
            .optional("factor", decimal, "By what the energy is multiplied first: losses."),
        ], exactlyOne: [["rate", "series", "by_total"]])

    private static let percent = Shape.table(
        [
            .optional("rate", rates), .optional("series", series), .optional("by_total", slabs),
            .optional("select_by", quantity),
            .required("of", names, "Lines above."), .optional("less", names, "Lines above, taken off the result."),
            .optional("share_above", .named("limit"), "Only the share of the units above."),
            .optional("most", decimal, "The most it comes to in a month."), .optional("round_each_slab", .boolean),
        ], exactlyOne: [["rate", "series", "by_total"]])

    private static let minimum = Shape.table([
        .required("amount", rates), .optional("per", .word(MinimumCharge.Unit.allCases.map(\.rawValue))),
        .optional("of", names),
    ])

    private static let demand = Shape.table([
        .required("rate", rates), .optional("billing_demand", .word(DemandCharge.Basis.allCases.map(\.rawValue))),
        .optional("contract", .format(.name), "The input that tells it."), .optional("share", decimal),
        .optional("round", rounding),
        .optional("excess_multiplier", decimal),
    ])

    private static let export = Shape.table([
        .required("method", .word(ExportRule.Method.allCases.map(\.rawValue))), .optional("rate", rates),
        .optional("bank", .boolean), .optional("settle_month", .whole(1...12)),
    ])
}
