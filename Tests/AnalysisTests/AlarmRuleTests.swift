import Analysis
import Testing

struct AlarmRuleTests {
    @Test(arguments: LiveAlarm.Kind.allCases) func everyAlarmHasItsWords(kind: LiveAlarm.Kind) {
        #expect(kind.rule.kind == kind.rawValue)
        #expect(!kind.rule.title.isEmpty)
        #expect(kind.rule.coolDown > 0)
        let text = kind.rule.text(["socket": "Socket 1", "observed": "3 kW", "usual": "2 kW"])
        #expect(text.hasSuffix(".") || text.hasSuffix("?"))
        #expect(!text.contains("{"))
    }

    @Test(arguments: NightFinding.Kind.allCases) func everyFindingHasItsWords(kind: NightFinding.Kind) {
        #expect(kind.rule.kind == kind.rawValue)
        #expect(!kind.rule.title.isEmpty)
        #expect(!kind.rule.text([:]).contains("{"))
    }

    @Test func placesAreFilled() {
        let rule = LiveAlarm.Kind.heavier.rule
        #expect(
            rule.text(["socket": "Socket 2", "observed": "2.9 kW", "usual": "2.1 kW"])
                == "Socket 2 draws 2.9 kW; the most so far was 2.1 kW.")
    }
}
