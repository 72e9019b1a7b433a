import Secrets
import Testing

struct ClaimCodeTests {
    @Test func aCodeHasNoLettersThatAreTakenForOneAnother() throws {
        let codes = try (0..<500).map { _ in try ClaimCode().text }
        for code in codes { #expect(code.wholeMatch(of: /[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}/) != nil, "\(code)") }
        // 4 000 draws of 31 characters: that one is missing has a chance of less than 1e-55.
        #expect(Set(codes.joined()).count == 32)
        #expect(Set(codes).count == codes.count)
    }

    @Test(arguments: ["ABCD-EFGH", "abcdefgh", " ab cd - ef gh ", "ABCDEFGH-", "abcd–efgh".replacing("–", with: "-")])
    func aCodeIsReadHoweverItIsTyped(_ typed: String) throws {
        let code = try #require(ClaimCode(typed))
        #expect(code.text == "ABCD-EFGH")
        #expect(code.digest == Digest(of: "ABCD-EFGH"))
    }

    @Test(arguments: ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFG0", "ABCD-EFGI", "ABCD-EFGß", "ÄBCD-EFGH"])
    func whatIsNoCodeIsNone(_ typed: String) {
        #expect(ClaimCode(typed) == nil)
    }
}
