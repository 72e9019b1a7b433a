import Secrets
import Testing

struct DigestTests {
    /// The vectors of FIPS 180-4.
    private static let vectors = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test(arguments: vectors)
    func theStandardsVectorsComeOut(_ text: String, _ hex: String) {
        #expect(Digest(of: text).hex == hex)
        #expect(Digest(of: Array(text.utf8)).hex == hex)
    }

    @Test func aDigestFromItsDigitsIsTheSameKey() throws {
        let digest = Digest(of: "abc")
        let read = try #require(Digest(hex: digest.hex))
        #expect(read == digest)
        #expect([digest: 1][read] == 1)
        #expect(Digest(hex: digest.hex.uppercased()) == digest)
        #expect(digest.bytes.count == 32 && digest.bytes.first == 0xBA)
    }

    @Test(arguments: ["", "ba78", String(repeating: "g", count: 64), String(repeating: "0", count: 65)])
    func whatIsNoDigestIsNone(_ text: String) {
        #expect(Digest(hex: text) == nil)
    }

    @Test func aDifferenceInAnyByteTellsTwoApart() throws {
        let zero = try #require(Digest(hex: String(repeating: "0", count: 64)))
        for place in 0..<64 {
            var digits = Array(String(repeating: "0", count: 64))
            digits[place] = "1"
            #expect(Digest(hex: String(digits)) != zero)
        }
    }

    @Test func equalTextsAreEqualAndOthersAreNot() {
        #expect(ConstantTime.isEqual("wbd_abc", "wbd_abc"))
        #expect(!ConstantTime.isEqual("wbd_abc", "wbd_abd"))
        #expect(!ConstantTime.isEqual("wbd_abc", "wbd_abcd"))
        #expect(ConstantTime.isEqual("", ""))
    }
}
