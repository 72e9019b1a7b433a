/// A household to be simulated: who lives there, what it has, and what goes wrong with its meter.
package struct SimulatedHome: Sendable {
    /// How often things go wrong.
    struct Trouble: Sendable {
        /// Chance of a day with a lost Wi-Fi, a power cut, and a single reading of zero.
        var networkLost = 0.0
        var powerCut = 0.0
        var glitch = 0.0
        /// The register begins again at zero on this day of the year (month, day).
        var resetOn: (month: Int, day: Int)?
    }

    package let slug: String
    package let name: String
    package let zone: String
    package let locale: String
    package let consumerNumber: String
    /// The tariff's id and what it asks; nil when there is no tariff for the place.
    package let tariff: (id: String, inputs: [String: String])?
    let appliances: [Appliance]
    let trouble: Trouble
    /// Months and days nobody is at home.
    let away: [ClosedRange<Int>]
    /// A day on which something stays switched on, counted back from the end.
    let leftOnDaysBeforeEnd: Int?
    /// Kilowatt-hours on the register at the beginning.
    let firstRegister: Int

    /// The five sample households: four in Kerala and one in Berlin.
    package static let samples = [asha, nair, thomas, rahman, berlin]

    private static let kseb: (id: String, inputs: [String: String]) = ("in-kl-kseb-lt1a", ["phase": "single"])

    private static func indian(
        _ slug: String, _ name: String, consumer: String, tariff: (id: String, inputs: [String: String]) = kseb,
        trouble: Trouble, away: [ClosedRange<Int>] = [], leftOn: Int? = nil, register: Int, _ appliances: [Appliance]
    ) -> SimulatedHome {
        SimulatedHome(
            slug: slug, name: name, zone: "Asia/Kolkata", locale: "en-IN", consumerNumber: consumer, tariff: tariff,
            appliances: appliances, trouble: trouble, away: away, leftOnDaysBeforeEnd: leftOn, firstRegister: register)
    }

    /// About 90 kWh a month, and a meter that does nothing wrong.
    private static let asha = indian(
        "asha", "Asha's flat", consumer: "1155880001234", trouble: Trouble(), register: 1204,
        [
            Appliance("router", 9, .always),
            Appliance("fridge", 105, .cycling(on: 15, period: 40)),
            Appliance("lights", 45, .between(18.3, 22.5)),
            Appliance("fan", 70, .between(21, 30.5)),
            Appliance("television", 80, socket: 1, .between(19, 22)),
            Appliance("iron", 1000, socket: 2, .uses(aDay: 0.5, minutes: 8...20, hours: 6...8)),
            Appliance("mixer", 500, .uses(aDay: 2, minutes: 3...8, hours: 6...20)),
            Appliance("pump", 550, .uses(aDay: 1, minutes: 15...25, hours: 6...7)),
        ])

    /// About 180 kWh a month; the Wi-Fi is poor.
    private static let nair = indian(
        "nair", "The Nair family", consumer: "1155880005678",
        trouble: Trouble(networkLost: 0.16, powerCut: 0.05, glitch: 0.02), away: [1224...1229], leftOn: 6,
        register: 8450,
        [
            Appliance("standby", 24, .always),
            Appliance("fridge", 130, .cycling(on: 16, period: 40)),
            Appliance("lights", 90, .between(18, 23)),
            Appliance("fans", 150, .between(20.5, 30.5)),
            Appliance("fans by day", 75, .seasonal(11, 17, months: [3, 4, 5, 10], share: 0.9)),
            Appliance("television", 110, socket: 1, .between(17.5, 22.5)),
            Appliance("iron", 1100, socket: 2, .uses(aDay: 0.8, minutes: 10...25, hours: 6...8)),
            Appliance("mixer", 600, .uses(aDay: 3, minutes: 4...10, hours: 6...20)),
            Appliance("pump", 750, .uses(aDay: 1, minutes: 20...35, hours: 6...7)),
            Appliance("washing machine", 420, .uses(aDay: 0.6, minutes: 40...60, hours: 9...12)),
            Appliance("induction hob", 1500, .uses(aDay: 0.7, minutes: 10...25, hours: 18...20)),
        ])

    /// 240 to 310 kWh a month: on both sides of the step at 250, beyond which one rate charges every unit.
    private static let thomas = indian(
        "thomas", "Thomas and Mary", consumer: "1155880009012",
        trouble: Trouble(networkLost: 0.06, powerCut: 0.08, resetOn: (month: 11, day: 18)), register: 15_230,
        [
            Appliance("standby", 38, .always),
            Appliance("fridge", 150, .cycling(on: 17, period: 40)),
            Appliance("lights", 120, .between(18, 23)),
            Appliance("fans", 190, .between(20, 31)),
            Appliance("air conditioner", 1150, socket: 1, .seasonal(22, 27.5, months: [3, 4, 5], share: 0.35)),
            Appliance("television", 120, .between(17, 23)),
            Appliance("kettle", 1500, socket: 2, .uses(aDay: 3, minutes: 4...7, hours: 6...20)),
            Appliance("mixer", 650, .uses(aDay: 3, minutes: 4...10, hours: 6...20)),
            Appliance("pump", 750, .uses(aDay: 1.4, minutes: 20...40, hours: 6...8)),
            Appliance("washing machine", 450, .uses(aDay: 0.9, minutes: 45...70, hours: 9...13)),
            Appliance("water heater", 2000, .uses(aDay: 1.5, minutes: 8...18, hours: 6...8)),
        ])

    /// More than 420 kWh a month, three phases.
    private static let rahman = indian(
        "rahman", "Rahman house", consumer: "1155880003456", tariff: ("in-kl-kseb-lt1a", ["phase": "three"]),
        trouble: Trouble(networkLost: 0.05, powerCut: 0.04, glitch: 0.01), away: [422...427], leftOn: 12,
        register: 42_870,
        [
            Appliance("standby", 70, .always),
            Appliance("fridge", 190, .cycling(on: 18, period: 40)),
            Appliance("freezer", 110, .cycling(on: 15, period: 50)),
            Appliance("lights", 220, .between(17.8, 23.3)),
            Appliance("fans", 240, .between(13, 23)),
            Appliance(
                "air conditioner", 1400, socket: 1, .seasonal(21.5, 29, months: [2, 3, 4, 5, 6, 10], share: 0.4)),
            Appliance("air conditioner", 1400, .seasonal(13, 16, months: [3, 4, 5], share: 0.35)),
            Appliance("television", 160, .between(16, 23.5)),
            Appliance("induction hob", 1800, .uses(aDay: 2, minutes: 15...35, hours: 11...20)),
            Appliance("water heater", 2000, socket: 2, .uses(aDay: 2, minutes: 10...20, hours: 6...21)),
            Appliance("pump", 1100, .uses(aDay: 1.5, minutes: 20...40, hours: 6...8)),
            Appliance("washing machine", 500, .uses(aDay: 1, minutes: 45...70, hours: 9...13)),
            Appliance("iron", 1200, .uses(aDay: 1, minutes: 15...30, hours: 7...9)),
        ])

    /// A flat in a zone with summer time; there is no tariff for it.
    private static let berlin = SimulatedHome(
        slug: "lindenhof", name: "Lindenhof 4", zone: "Europe/Berlin", locale: "de-DE", consumerNumber: "DE-0042-771",
        tariff: nil,
        appliances: [
            Appliance("standby", 45, .always),
            Appliance("fridge", 90, .cycling(on: 13, period: 40)),
            Appliance("lights", 110, .seasonal(16.5, 23, months: [10, 11, 12, 1, 2, 3], share: 1)),
            Appliance("lights", 110, .seasonal(20.5, 23, months: [4, 5, 6, 7, 8, 9], share: 1)),
            Appliance("heating pump", 55, .seasonal(5, 23, months: [10, 11, 12, 1, 2, 3, 4], share: 0.8)),
            Appliance("television", 110, socket: 1, .between(19, 23)),
            Appliance("kettle", 2000, socket: 2, .uses(aDay: 3, minutes: 2...4, hours: 6...21)),
            Appliance("dishwasher", 1100, .uses(aDay: 0.6, minutes: 50...80, hours: 19...21)),
            Appliance("washing machine", 700, .uses(aDay: 0.4, minutes: 60...90, hours: 9...17)),
            Appliance("stove", 1900, .uses(aDay: 1.1, minutes: 15...40, hours: 12...19)),
        ],
        trouble: Trouble(networkLost: 0.04, powerCut: 0.004, glitch: 0.01), away: [801...814], leftOnDaysBeforeEnd: nil,
        firstRegister: 5311)
}
