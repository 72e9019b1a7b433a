import Secrets
import Testing

struct PasswordTests {
    /// From the test suite of the reference implementation of Argon2.
    private static let reference =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

    @Test func theReferenceImplementationsHashIsUnderstood() {
        #expect(PasswordHash.verify("password", against: Self.reference))
        #expect(!PasswordHash.verify("passwore", against: Self.reference))
        #expect(!PasswordHash.needsRehash(Self.reference))
        #expect(PasswordHash.needsRehash(Self.reference.replacing("m=65536", with: "m=4096")))
        #expect(PasswordHash.needsRehash("plain"))
    }

    @Test func aPasswordIsKnownByItsHashAndAnotherIsNot() throws {
        let hash = try PasswordHash.hash("correct horse")
        #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
        #expect(PasswordHash.verify("correct horse", against: hash))
        #expect(!PasswordHash.verify("correct horsf", against: hash))
        #expect(!PasswordHash.verify("", against: hash))
        #expect(!PasswordHash.verify("correct horse\0", against: hash))
        #expect(!PasswordHash.needsRehash(hash))
    }

    @Test func twoHashesOfOnePasswordDiffer() throws {
        #expect(try PasswordHash.hash("correct horse") != PasswordHash.hash("correct horse"))
    }

    @Test(arguments: ["", "plain", "$argon2id$", "correct horse"])
    func whatIsNoHashLetsNobodyIn(_ stored: String) {
        #expect(!PasswordHash.verify("correct horse", against: stored))
        #expect(!PasswordHash.verify("", against: stored))
    }

    @Test func theSameLettersAreTheSamePasswordHoweverTheyAreComposed() throws {
        let hash = try PasswordHash.hash("caf\u{E9} au lait")
        #expect(PasswordHash.verify("cafe\u{301} au lait", against: hash))
    }

    @Test func nobodysHashIsAHashThatNoPasswordOpens() throws {
        let hash = try PasswordHash.ofNobody()
        #expect(!PasswordHash.needsRehash(hash))
        #expect(!PasswordHash.verify("", against: hash))
    }

    private static let rules: [(String, String?)] = [
        ("123456789", "at least 10 characters"), ("12345678901", nil), ("ççççççççç", "at least 10 characters"),
        (String(repeating: "ab", count: 512), nil), (String(repeating: "ab", count: 513), "at most 1024 bytes"),
        ("aaaaaaaaaaaa", "more than one character"),
    ]

    @Test(arguments: rules)
    func aNewPasswordIsMeasuredByItsLength(_ password: String, _ fault: String?) {
        let found = PasswordRule.fault(in: password)
        #expect((found == nil) == (fault == nil))
        #expect(found?.contains(fault ?? "") != false)
    }
}
