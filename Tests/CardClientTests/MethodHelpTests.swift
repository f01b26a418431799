import JSONRPC
import Testing

@testable import CardClient

struct MethodHelpTests {
    private static let methods = [
        MethodDeclaration(
            name: "counter.create", area: "counter", summary: "Makes a counter.", details: "It is not active yet.",
            parameters: [
                .init(
                    "name", .string(format: nil, pattern: nil, lengths: 1...80), isRequired: true, "Its name."),
                .init(
                    "systemId", .named("CardSystemID", .string(format: "uuid", pattern: nil, lengths: nil)),
                    isRequired: true, "Where."),
                .init("role", .words(["admin", "member"]), isRequired: false, "Whose."),
            ],
            result: .object([
                .init(
                    "items", .array(.object([.init("id", .string, isRequired: true, "Its id.")]), counts: nil),
                    isRequired: true, "All.")
            ]), mutates: true, accessText: "operator", errors: [DeclaredError(kind: "counter.nameTaken", code: 1000)]),
        MethodDeclaration(
            name: "counter.list", area: "counter", summary: "Lists counters.",
            parameters: [.init("limit", .integer(1...500), isRequired: false, "How many.")], result: .any,
            mutates: false,
            accessText: "any account"),
        MethodDeclaration(
            name: "rpc.ping", area: "rpc", summary: "Answers.", parameters: [], result: .words(["pong"]),
            mutates: false,
            accessText: "everyone"),
    ]
    private static let refusals = [
        "counter.nameTaken": ErrorText(nl: "Bestaat al.", en: "Exists already.", fr: "Existe.")
    ]
    private static let help = MethodHelp(methods, refusals: refusals, language: .nl, width: 80)

    @Test func `a method's help says all that its declaration knows`() throws {
        #expect(
            try Self.help.text(about: "counter.create") == """
                counter.create: Makes a counter.

                It is not active yet.

                For: operator.
                Writes: ksb adds an idempotencyKey, or takes the one given by --key.

                Parameters
                  name      required, text 1–80  Its name.
                  systemId  required, uuid       Where.
                  role      admin|member         Whose.

                Result
                  items       list of object  All.
                  items[].id  text            Its id.

                Refusals
                  counter.nameTaken  Bestaat al.

                Example
                  ksb call counter.create name=TEXT systemId=UUID

                """)
    }

    @Test func `help without parameters, and examples where none is required`() throws {
        let ping = try Self.help.text(about: "rpc.ping")
        #expect(ping.contains("Parameters\n  none\n") && ping.contains("Result\n  pong\n"))
        #expect(!ping.contains("Writes") && !ping.contains("Refusals"))
        #expect(MethodHelp.example(of: Self.methods[1]) == "ksb call counter.list [limit=1]")
    }

    @Test func `an area lists its methods, and a slip finds what was meant`() throws {
        #expect(
            try Self.help.text(about: "counter")
                == "counter.create  Makes a counter.\ncounter.list    Lists counters.\n")
        #expect(try Self.help.list() == Self.help.text(about: "counter") + "rpc.ping        Answers.\n")
        #expect(Self.help.areaList == "  counter\u{A0}(2), rpc\u{A0}(1)\n")
        #expect(throws: ArgumentProblem("there is no method or area counter.lst; did you mean counter.list?")) {
            try Self.help.text(about: "counter.lst")
        }
    }

    @Test func `long texts are wrapped in their own column`() {
        let summary = "One that takes many words to tell what it is there for and by whom it is called at night."
        let methods = [
            MethodDeclaration(
                name: "a.b", area: "a", summary: summary, parameters: [], result: .any, mutates: false, accessText: "")
        ]
        let text = MethodHelp(methods, refusals: [:], language: .en, width: 60).list()
        let lines = text.split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.count <= 60 } && lines[1].hasPrefix("     "))
    }

    @Test func `shells complete methods, parameters not given yet, and words`() {
        func parameters(_ words: [String], _ prefix: String) -> [String] {
            CallCompletion.parameters(words, prefix, among: Self.methods)
        }
        #expect(CallCompletion.methods("counter.", among: Self.methods) == ["counter.create", "counter.list"])
        #expect(parameters(["ksb", "call", "counter.create"], "") == ["name=", "systemId=", "role="])
        #expect(parameters(["ksb", "call", "counter.create", "name=x"], "") == ["systemId=", "role="])
        #expect(parameters(["ksb", "call", "counter.create"], "sy") == ["systemId="])
        #expect(parameters(["ksb", "call", "counter.create"], "role=m") == ["role=member"])
        #expect(parameters(["ksb", "call", "no.such"], "") == [])
    }
}
