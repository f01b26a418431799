import JSONRPC
import Testing

@testable import CardClient

struct CallArgumentsTests {
    private static let method = MethodDeclaration(
        name: "counter.create", area: "counter", summary: "Makes a counter.",
        parameters: [
            .init("name", .string, isRequired: true, ""), .init("limit", .integer(1...9), isRequired: false, ""),
            .init("isOpen", .boolean, isRequired: false, ""),
            .init(
                "picture", .string(format: "base64", pattern: nil, lengths: nil), isRequired: false, ""),
            .init("kind", .named("Kind", .words(["town", "library"])), isRequired: false, ""),
            .init("tags", .array(.string, counts: nil), isRequired: false, ""),
            .init("sizes", .named("Sizes", .array(.integer, counts: nil)), isRequired: false, ""),
            .init("documents", .array(.any, counts: nil), isRequired: false, ""),
            .init(
                "address",
                .object([
                    .init("city", .string, isRequired: true, ""),
                    .init("at", .object([.init("x", .integer, isRequired: true, "")]), isRequired: false, ""),
                ]), isRequired: false, ""), .init("extra", .any, isRequired: false, ""),
        ], result: .any, mutates: true, accessText: "operator")

    private static func params(_ words: [String], base: JSONObject = JSONObject()) throws(ArgumentProblem) -> JSON {
        let arguments = CallArguments(of: method) { path throws(ArgumentProblem) in
            switch path {
            case "text": return Array("two\nlines\r\n".utf8)
            case "object": return Array(#"{"a": 1}"#.utf8)
            case "bytes": return [0xFF, 0x00, 0x0A]
            case "list": return Array(#"[{"a": 1}, 2]"#.utf8)
            default: throw ArgumentProblem("no file \(path)")
            }
        }
        return .object(try arguments.params(from: words, base: base))
    }

    @Test(
        arguments: [
            (["name=Bib", "limit=5", "isOpen=true"], ["name": "Bib", "limit": 5, "isOpen": true]),
            (["picture=@bytes"], ["picture": "/wAK"]), (["picture=AAAA"], ["picture": "AAAA"]),
            (["name=a=b"], ["name": "a=b"]), (["name=5"], ["name": "5"]), (["name="], ["name": ""]),
            (["limit=", "isOpen="], ["limit": .null, "isOpen": .null]), (["kind=town"], ["kind": "town"]),
            (["tags=a,b", "tags=c"], ["tags": ["a", "b", "c"]]), (["tags="], ["tags": []]),
            (["sizes=1,-2"], ["sizes": [1, -2]]), (["tags:=[\"a,b\"]"], ["tags": ["a,b"]]),
            (["address.city=Eeklo", "address.at.x=3"], ["address": ["city": "Eeklo", "at": ["x": 3]]]),
            (["address={\"city\":\"Aalter\"}"], ["address": ["city": "Aalter"]]),
            (["extra=word"], ["extra": "word"]), (["extra=[1]"], ["extra": [1]]),
            (["extra.deep=1"], ["extra": ["deep": 1]]),
            (["name=@text"], ["name": "two\nlines"]), (["name:=\"@text\""], ["name": "@text"]),
            (["extra=@object"], ["extra": ["a": 1]]), (["documents=@object"], ["documents": [["a": 1]]]),
            (["documents=@list", "documents=@object"], ["documents": [["a": 1], 2, ["a": 1]]]),
            (["documents:=@list"], ["documents": [["a": 1], 2]]), (["idempotencyKey=k"], ["idempotencyKey": "k"]),
        ] as [([String], JSON)])
    func `words become values of the types that the method declares`(words: [String], expected: JSON) throws {
        #expect(try Self.params(words) == expected)
    }

    @Test func `words win over the parameters that were given as JSON, and leave the others`() throws {
        let base = JSONObject([
            .init(name: "name", value: "old"), .init(name: "tags", value: ["x"]), .init(name: "limit", value: 1),
        ])
        #expect(try Self.params(["name=new", "tags=y"], base: base) == ["name": "new", "tags": ["y"], "limit": 1])
    }

    @Test(arguments: [
        (["name"], "“name”: write parameters as name=value"),
        (["nam=x"], "counter.create has no parameter nam; did you mean name?"),
        (["address.citi=x"], "counter.create has no parameter address.citi; did you mean city?"),
        (["name.first=x"], "name is no object, so it has no first"), (["limit=five"], "limit must be an integer"),
        (["limit=1.0"], "limit must be an integer"), (["isOpen=yes"], "isOpen must be true or false"),
        (["sizes=1,x"], "sizes must be an integer"), (["name=a", "name=b"], "name is given twice"),
        (["extra:={"], "extra: not JSON, unexpectedEnd at byte 1"), (["name=@none"], "no file none"),
        (["extra=@text"], "extra: not JSON, unexpectedByte at byte 1"),
    ])
    func `what makes no call is told with what would be right`(words: [String], problem: String) {
        #expect(throws: ArgumentProblem(problem)) { try Self.params(words) }
    }

    @Test(arguments: [
        ("13 digits", "0900000000003", "cardNumber", "0900000000003"),
        ("with blanks", "0900 0000 00003", "cardNumber", "0900000000003"),
        ("14 digits", "04112233445566", "chipNumber", "04112233445566"),
        ("hexadecimal", "04A1B2C3D4E5F6", "chipNumber", "04A1B2C3D4E5F6"),
        ("13 with a letter", "09000000000A3", "chipNumber", "09000000000A3"),
    ])
    func `a card is named by its number or its chip, as it looks`(
        what: String, typed: String, name: String, text: String
    ) {
        #expect(CardName.member(typed) == .init(name: name, value: .string(text)))
    }
}
