import Secrets
import Testing

struct TokenTests {
    @Test(arguments: Token.Kind.allCases)
    func aTokenIsItsPrefixAnd43CharactersThatNeedNoEscape(_ kind: Token.Kind) throws {
        let tokens = try (0..<200).map { _ in try Token(kind) }
        for token in tokens {
            #expect(token.text.wholeMatch(of: /wb[ds]_[A-Za-z0-9_-]{43}/) != nil)
            #expect(token.text.hasPrefix(kind.rawValue))
            #expect(Token(token.text, as: kind) == token)
        }
        #expect(Set(tokens).count == tokens.count)
    }

    @Test(arguments: [
        "", "wbd_", "wbs_" + String(repeating: "a", count: 43), "wbd_" + String(repeating: "a", count: 42),
        "wbd_" + String(repeating: "a", count: 44), "wbd_" + String(repeating: "a", count: 42) + "=",
        "wbd_" + String(repeating: "é", count: 43),
    ])
    func whatCannotBeADevicesTokenIsNone(_ text: String) {
        #expect(Token(text, as: .device) == nil)
    }

    @Test func aTokenThatSlipsIntoALogSaysNothing() throws {
        let token = try Token(.device)
        #expect("\(token)" == "wbd_…")
        #expect(!String(reflecting: token).contains(token.text.dropFirst(4)))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!dumped.contains(token.text.dropFirst(4)))
    }

    @Test func onlyTheDigestOfTheWholeTextIsKept() throws {
        let token = try Token(.session)
        #expect(token.digest == Digest(of: token.text))
    }
}
