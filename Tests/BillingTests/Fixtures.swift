import Billing
import Metering
import TestSupport
import Testing

extension Tariff {
    static func kseb() throws -> Tariff {
        try Tariff(yaml: try #require(TariffLibrary.files["in-kl-kseb-lt1a"]))
    }
}

extension Bill {
    func amount(_ line: String) -> String? {
        charges.first { $0.id == line }?.amount.description
    }
}

let singlePhase = Account(["phase": "single"])
let threePhase = Account(["phase": "three"])
