import SocketIO
import Testing

struct JSONTextTests {
    @Test(arguments: [
        "null", "true", "0", "-1.5e+10", "\"\"", #""\u00e9\n""#, "[]", "{}", #"{"a":[1,{"b":null}],"c":"é"}"#,
        " [ 1 , 2 ] ",
    ])
    func aValueIsKeptAsItWasWritten(text: String) {
        #expect(JSONText(text)?.text == text)
    }

    @Test(arguments: [
        "", "nul", "01", "1.", ".5", "+1", "1e", "-", "\"", "\"\\x\"", "\"\\u12g4\"", "\"\n\"", "[1,]", "[,1]", "{1:2}",
        #"{"a"}"#, #"{"a":1,}"#, "[1] 2", "{]", String(repeating: "[", count: 1_000_000),
    ])
    func whatIsNoValueIsNotTaken(text: String) {
        #expect(JSONText(text) == nil)
    }

    @Test func anArrayGivesItsValuesUntouched() throws {
        let array = try #require(JSONText(#" [1.0 , "a,b]", {"c":[2]},[] ] "#))
        #expect(array.elements?.map(\.text) == ["1.0", #""a,b]""#, #"{"c":[2]}"#, "[]"])
        #expect(JSONText("[ ]")?.elements == [])
        #expect(JSONText("{}")?.elements == nil)
    }

    @Test(arguments: ["", "a\"b\\c", "tab\tline\nnul\u{0}", "é😀"])
    func aStringMeansWhatItWasMadeOf(string: String) throws {
        let json = JSONText.string(string)
        #expect(JSONText(json.text) == json)
        #expect(try json.decode(String.self) == string)
    }
}
