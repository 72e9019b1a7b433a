import Analysis
import Testing

struct FindingWordsTests {
    @Test(arguments: NightFinding.Kind.allCases) func everyFindingHasItsWords(kind: NightFinding.Kind) {
        let words = kind.words
        let text = words.text(observed: "3 kW", usual: "2 kW")
        #expect(!words.title.isEmpty)
        #expect(text.hasSuffix(".") || text.hasSuffix("?"))
        #expect(!text.contains("{"))
    }

    @Test func placesAreFilled() {
        #expect(
            NightFinding.Kind.highDay.words.text(observed: "9.0 kWh", usual: "5.0 kWh")
                == "9.0 kWh were used; 5.0 kWh would have been usual.")
    }
}
