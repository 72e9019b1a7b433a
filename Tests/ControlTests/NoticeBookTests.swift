import Control
import Notices
import Testing

/// The one file from which pages and alerts take their words.
struct NoticeBookTests {
    @Test(arguments: NoticeKind.allCases.filter(\.notice.isAlert))
    func whatGoesOnHasASentenceForEverySocket(_ kind: NoticeKind) {
        for socket in NoticeSocket.allCases {
            for observed in [1.0, 3.0] {
                let key = AlertCondition.Key(device: 1, kind: kind, socket: socket)
                let condition = AlertCondition(key, observed: observed, usual: 2)
                let sentence = condition.sentence(in: AlertPlace(device: "Kitchen"))
                #expect(sentence.hasSuffix(".") || sentence.hasSuffix("?"))
                #expect(!sentence.contains("{") && !sentence.contains("_"))
            }
        }
    }

    @Test(arguments: NoticeKind.allCases.filter(\.notice.isFinding))
    func whatTheNightsFindHasASentence(_ kind: NoticeKind) {
        let sentence = kind.notice.pastText(["observed": "9 W", "usual": "5 W"])
        #expect(sentence.hasSuffix(".") || sentence.hasSuffix("?"))
        #expect(!sentence.contains("{") && !sentence.contains("_"))
    }

    @Test func everyKindIsTold() {
        for kind in NoticeKind.allCases {
            #expect(!kind.notice.title.isEmpty && !kind.notice.title.hasSuffix("."))
            #expect(kind.notice.isAlert || kind.notice.isFinding)
        }
        #expect(
            NoticeKind.highDay.notice.pastText(["observed": "9.0 kWh", "usual": "5.0 kWh"]).hasPrefix("9.0 kWh were"))
    }

    @Test(arguments: [
        (NoticeKind.powerLimit, 50, NoticeSeverity.info), (.powerLimit, 75, .info), (.powerLimit, 90, .warning),
        (.powerLimit, 100, .critical), (.dayLimit, 100, .warning), (.stuckRelay, 0, .critical), (.spike, 0, .info),
    ])
    func whatIsGraveIsSaidSo(_ kind: NoticeKind, _ percent: Int, _ severity: NoticeSeverity) {
        #expect(kind.notice.severity(at: percent) == severity)
    }

    @Test(arguments: [
        ("heavier:\n    severity: info\n    unit: W\n    past: x", "title"),
        ("heavier:\n    title: x\n    severity: grave\n    unit: W\n    past: x", "grave"),
        ("heavier:\n    title: x\n    severity: info\n    unit: W\n    now: x", "cool-down"),
        ("thirst:\n    title: x\n    severity: info\n    unit: W\n    past: x", "thirst"),
        ("heavier:\n    title: x\n    severity: info\n    unit: W\n    past: x", "left_on"),
    ])
    func aFileWithAFaultIsRefusedAndTheFaultNamed(_ kind: String, _ fault: String) {
        #expect {
            try NoticeBook(yaml: "kinds:\n  \(kind)\nphrases: {}")
        } throws: {
            "\($0)".contains(fault)
        }
    }
}
