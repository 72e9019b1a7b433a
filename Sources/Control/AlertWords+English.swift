extension AlertWords {
    /// How alerts are told in English.
    package static let english = AlertWords([
        .heavier: Texts(above: "{who} draws {observed}; it never drew more than {usual} before."),
        .leftOn: Texts(above: "{who} has been drawing {observed} for much longer than it ever did; was it left on?"),
        .twoAtOnce: Texts(above: "{who} draw {observed} together; they never drew more than {usual} before."),
        .stuckRelay: Texts(
            above: "{who} is switched off, but {observed} still flow: its contact did not open. Please pull the plug."),
        .spike: Texts(above: "{who} draws {observed}, far more than its usual {usual}."),
        .voltage: Texts(
            above: "The mains is at {observed}; it should not be above {usual}.",
            below: "The mains is at {observed}; it should not be below {usual}.", unit: .volts),
        .clipping: Texts(
            above: "The sensor of {device} shows {observed} and ends at {usual}: more may flow than it can show.",
            unit: .amperes),
        .register: Texts(above: "{usual} flow through {device}, but its register stands still: nothing is counted."),
        .offline: Texts(
            above: "{device} has said nothing for {observed}; it usually reports every {usual}.", unit: .seconds),
        .powerLimit: Texts(
            above: "Your home draws {observed}, which reaches your limit of {usual}.",
            below: "Your home draws {observed}, {share} of your limit of {usual}."),
        .dayLimit: Texts(
            above: "You have used {observed} today, which reaches your limit of {usual}.",
            below: "You have used {observed} today, {share} of your limit of {usual}.", unit: .kilowattHours),
        .monthLimit: Texts(
            above: "You have used {observed} this month, which reaches your limit of {usual}.",
            below: "You have used {observed} this month, {share} of your limit of {usual}.", unit: .kilowattHours),
    ])
}
