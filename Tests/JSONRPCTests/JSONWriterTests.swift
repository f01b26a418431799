import JSONRPC
import Testing

@Suite struct `JSON writer` {
    static let texts: [(value: JSON, text: String)] = [
        (.null, "null"), (true, "true"), (false, "false"), (0, "0"), (-1, "-1"),
        (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"),
        (.number("1.50e3"), "1.50e3"), ([], "[]"), ([:], "{}"), ([1, [], "a"], #"[1,[],"a"]"#),
        (["a": 1, "b": ["c": .null, "d": []]], #"{"a":1,"b":{"c":null,"d":[]}}"#),
        ("", #""""#), ("plain / text é €", #""plain / text é €""#),
        ("\"\\\n\r\t\u{01}\u{1F}\u{7F}", #""\"\\\n\r\t\u0001\u001f\u007f""#), ("\u{08}\u{0C}z", #""\u0008\u000cz""#),
        (["q\"": 1], #"{"q\"":1}"#),
    ]

    @Test(arguments: texts) func `a value has one compact text and reads back the same`(value: JSON, text: String)
        throws
    {
        #expect(value.text == text)
        #expect(try JSON(reading: text) == value)
    }

    @Test func `what was written before is taken as it stands`() {
        var writer = JSONWriter()
        writer.array { writer in
            writer.raw(Array("[1]".utf8))
            writer.raw("2".utf8)
            writer.number("3.0")
        }
        #expect(writer.bytes == Array("[[1],2,3.0]".utf8))
    }

    @Test func `the pretty text has one element a line`() throws {
        let value: JSON = ["a": [1, ["b": []], [:]], "c\"": "d"]
        let pretty = """
            {
              "a": [
                1,
                {
                  "b": []
                },
                {}
              ],
              "c\\"": "d"
            }

            """
        #expect(value.pretty == pretty)
        #expect(try JSON(reading: value.pretty) == value)
        #expect(JSON.integer(1).pretty == "1\n")
    }
}
