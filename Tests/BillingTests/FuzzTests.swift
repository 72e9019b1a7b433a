import Billing
import Metering
import TestSupport
import Testing

struct FuzzTests {
    /// Letters left out, doubled or changed anywhere: the reader must say so or read it, and a bill must be made or refused.
    @Test func randomSlipsNeverStopTheReader() throws {
        var random = SeededRandom(77)
        let letters = Array("{}[]:,\"-0129x. \n&*#'|>!%")
        let ids = TariffLibrary.ids.filter { (TariffLibrary.files[$0] ?? "").utf8.count < 3000 }
        for number in 0..<400 {
            var text = Array(try #require(TariffLibrary.files[ids[number % ids.count]]))
            for _ in 0...random.whole(0...2) {
                let place = random.whole(0...text.count - 1)
                switch random.whole(0...2) {
                case 0: text.remove(at: place)
                case 1: text.insert(letters[random.whole(0...letters.count - 1)], at: place)
                default: text[place] = letters[random.whole(0...letters.count - 1)]
                }
            }
            let yaml = String(text)
            guard Tariff.faults(in: yaml).isEmpty else { continue }
            do {
                let inputs = ["load_kw": "2", "ampere": "30", "class": "protected", "territory": "T"]
                _ = try Tariff(yaml: yaml).bill("321.5", "2025-07-20", "2025-08-20", inputs)
            } catch is BillingError { continue }
        }
    }
}
