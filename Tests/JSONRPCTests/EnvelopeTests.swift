import JSONRPC
import Testing

@Suite struct `Message envelope` {
    static func read(_ text: String, _ limits: WireLimits = WireLimits()) -> Incoming {
        Incoming(message: Array(text.utf8), limits: limits)
    }

    static let ids: [(text: String, id: RequestID)] = [
        ("1", .integer(1)), ("-9", .integer(-9)), ("\"a\"", .string("a")), ("\"\"", .string("")), ("null", .null),
        ("1.0", .number("1.0")), ("1e2", .number("1e2")), ("9223372036854775808", .number("9223372036854775808")),
        ("\"\(String(repeating: "x", count: 128))\"", .string(String(repeating: "x", count: 128))),
    ]

    @Test(arguments: ids) func `a request keeps its id and the reply repeats it`(text: String, id: RequestID) {
        let request = Request(id: id, method: "rpc.ping")
        #expect(Self.read(#"{"jsonrpc":"2.0","id":\#(text),"method":"rpc.ping"}"#) == .single(.request(request)))
        #expect(Reply.result(id, Array("{}".utf8)) == Array(#"{"jsonrpc":"2.0","id":\#(text),"result":{}}"#.utf8))
        #expect(Self.read(String(decoding: request.bytes, as: UTF8.self)) == .single(.request(request)))
    }

    static let requests: [(text: String, request: Request)] = [
        (#"{"jsonrpc":"2.0","method":"a.b"}"#, Request(id: nil, method: "a.b")),
        (#"{"method":"a.b","jsonrpc":"2.0"}"#, Request(id: nil, method: "a.b")),
        (#"{"jsonrpc":"2.0","method":"a.b","params":null}"#, Request(id: nil, method: "a.b")),
        (
            #"{"jsonrpc":"2.0","method":"a.b","params":{}}"#,
            Request(id: nil, method: "a.b", params: .named(JSONObject()))
        ),
        (
            #"{"jsonrpc":"2.0","method":"a.b","params":{"c":1}}"#,
            Request(id: nil, method: "a.b", params: .named(JSONObject([.init(name: "c", value: 1)])))
        ),
        (
            #"{"jsonrpc":"2.0","method":"a.b","params":[1,null]}"#,
            Request(id: nil, method: "a.b", params: .positional([1, .null]))
        ),
        (#"{"jsonrpc":"2.0","method":"a.b","other":1,"meta":{}}"#, Request(id: nil, method: "a.b")),
        (#"{"jsonrpc":"2.0","method":"a.b","result":1}"#, Request(id: nil, method: "a.b")),
        (
            #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{}}"#,
            Request(id: nil, method: "$/cancelRequest", params: .named(JSONObject()))
        ),
        (#"{"jsonrpc":"2.0","method":"A_z.09"}"#, Request(id: nil, method: "A_z.09")),
        (
            #"{"jsonrpc":"2.0","method":"a","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}"#,
            Request(id: nil, method: "a", traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        ),
        (
            #"{"jsonrpc":"2.0","method":"a","traceparent":"00-4BF92F3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}"#,
            Request(id: nil, method: "a")
        ),
        (
            #"{"jsonrpc":"2.0","method":"a","#
                + #""traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"}"#,
            Request(id: nil, method: "a")
        ),
        (#"{"jsonrpc":"2.0","method":"a","traceparent":7}"#, Request(id: nil, method: "a")),
    ]

    @Test(arguments: requests) func `a request is read whole and what we do not know is ignored`(
        text: String, request: Request
    ) {
        #expect(Self.read(text) == .single(.request(request)))
        #expect(Self.read(String(decoding: request.bytes, as: UTF8.self)) == .single(.request(request)))
    }

    static let invalid: [(text: String, id: RequestID, reason: String)] = [
        ("1", .null, "must be an object, not an integer"), ("\"a\"", .null, "must be an object, not a string"),
        ("{}", .null, "jsonrpc must be \"2.0\""),
        (#"{"method":"a","id":7}"#, .integer(7), "jsonrpc must be \"2.0\""),
        (#"{"jsonrpc":"1.0","method":"a","id":"x"}"#, .string("x"), "jsonrpc must be \"2.0\""),
        (#"{"jsonrpc":2.0,"method":"a","id":1}"#, .integer(1), "jsonrpc must be \"2.0\""),
        (#"{"jsonrpc":"2.0 ","method":"a","id":1}"#, .integer(1), "jsonrpc must be \"2.0\""),
        (#"{"jsonrpc":"2.0","id":1}"#, .integer(1), "method is missing"),
        (#"{"jsonrpc":"2.0","id":1,"method":null}"#, .integer(1), "method must be a string, not null"),
        (#"{"jsonrpc":"2.0","id":1,"method":5,"params":{}}"#, .integer(1), "method must be a string, not an integer"),
        (#"{"jsonrpc":"2.0","id":1,"method":5,"result":{}}"#, .integer(1), "method must be a string, not an integer"),
        (
            #"{"jsonrpc":"2.0","id":1.5,"method":"a","params":"x"}"#, .number("1.5"),
            "params must be an object or an array, not a string"
        ),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"a","params":0}"#, .integer(1),
            "params must be an object or an array, not an integer"
        ),
        (#"{"jsonrpc":"2.0","id":true,"method":"a"}"#, .null, "id must be a string, a number or null, not a boolean"),
        (#"{"jsonrpc":"2.0","id":{},"method":"a"}"#, .null, "id must be a string, a number or null, not an object"),
        (
            #"{"jsonrpc":"2.0","id":"\#(String(repeating: "x", count: 129))","method":"a"}"#, .null,
            "id must have at most 128 bytes"
        ),
        (
            #"{"jsonrpc":"2.0","id":"\#(String(repeating: "é", count: 65))","method":"a"}"#, .null,
            "id must have at most 128 bytes"
        ),
    ]

    @Test(arguments: invalid)
    func `an invalid request is answered under its id if that can be read`(text: String, id: RequestID, reason: String)
    {
        #expect(Self.read(text) == .single(.invalid(id, .invalid(reason))))
    }

    @Test(arguments: [
        "", "a b", "a-b", "ä.b", "a\u{212A}", "a/b", "$/", "$/a/b", "/a", String(repeating: "m", count: 129),
    ])
    func `a method has a name of letters, digits, dots and underscores`(name: String) {
        let error = RPCError.invalid("method must have 1 to 128 characters of A-Z a-z 0-9 . _")
        #expect(Self.read(#"{"jsonrpc":"2.0","id":1,"method":"\#(name)"}"#) == .single(.invalid(.integer(1), error)))
    }

    @Test func `the longest method name is accepted`() {
        let name = String(repeating: "m", count: 128)
        #expect(
            Self.read(#"{"jsonrpc":"2.0","method":"\#(name)"}"#) == .single(.request(Request(id: nil, method: name))))
    }

    static let responses: [(text: String, response: Response)] = [
        (#"{"jsonrpc":"2.0","id":1,"result":null}"#, Response(id: .integer(1), outcome: .success(.null))),
        (#"{"jsonrpc":"2.0","id":"a","result":{"b":1}}"#, Response(id: .string("a"), outcome: .success(["b": 1]))),
        (#"{"id":1,"result":5,"error":null}"#, Response(id: .integer(1), outcome: .success(5))),
        (#"{"jsonrpc":"2.0","id":[],"result":1}"#, Response(id: nil, outcome: .success(1))),
        (
            #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"m","data":{"kind":"k"}}}"#,
            Response(id: .null, outcome: .failure(RPCError(code: -32700, message: "m", data: ["kind": "k"])))
        ),
        (#"{"error":"x"}"#, Response(id: nil, outcome: .failure(RPCError(code: 0, message: "", data: nil)))),
    ]

    @Test(arguments: responses) func `a response is told from a request`(text: String, response: Response) {
        #expect(Self.read(text) == .single(.response(response)))
    }

    @Test func `a batch is read in its order, each element for itself`() {
        let text = #"[{"jsonrpc":"2.0","id":1,"method":"a"},7,{"jsonrpc":"2.0","method":"b"},[],{"id":3,"result":0}]"#
        let expected: [Incoming.Call] = [
            .request(Request(id: .integer(1), method: "a")),
            .invalid(.null, .invalid("must be an object, not an integer")),
            .request(Request(id: nil, method: "b")),
            .invalid(.null, .invalid("must be an object, not an array")),
            .response(Response(id: .integer(3), outcome: .success(0))),
        ]
        #expect(Self.read(text) == .batch(expected))
    }

    @Test func `an id used twice in a batch is refused the second time`() {
        let call = { (id: String) in #"{"jsonrpc":"2.0","id":\#(id),"method":"a"}"# }
        let text = "[" + ["1", "\"1\"", "1", "null", "null", "1.0"].map(call).joined(separator: ",") + "]"
        let request = { (id: RequestID) in Incoming.Call.request(Request(id: id, method: "a")) }
        let expected: [Incoming.Call] = [
            request(.integer(1)), request(.string("1")), .invalid(.integer(1), RPCError(.requestIDInUse)),
            request(.null), request(.null), request(.number("1.0")),
        ]
        #expect(Self.read(text) == .batch(expected))
    }

    @Test func `an empty batch and one over the cap get a single error`() {
        var limits = WireLimits()
        #expect(Self.read("[]") == .refused(.invalid("the batch is empty")))
        func batch(_ count: Int) -> String { "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]" }
        guard case .batch(let calls) = Self.read(batch(100)) else {
            Issue.record("100 calls are allowed")
            return
        }
        #expect(calls.count == 100)
        #expect(Self.read(batch(101)) == .refused(.batchTooLong(limit: 100)))
        limits.batchCalls = 2
        #expect(Self.read(batch(3), limits) == .refused(.batchTooLong(limit: 2)))
    }

    @Test func `what is not JSON is refused with its place`() {
        #expect(Self.read("{\"a\":1,}") == .refused(.malformed(JSONSyntaxError(offset: 7, reason: .unexpectedByte))))
        var limits = WireLimits()
        limits.json.depth = 1
        #expect(Self.read("[[]]", limits) == .refused(.malformed(JSONSyntaxError(offset: 1, reason: .tooDeep))))
    }

    @Test func `positional parameters take the names of the declaration in order`() throws {
        let object = try JSONObject(positional: [1, .null], names: ["a", "b", "c"])
        #expect(object == JSONObject([.init(name: "a", value: 1), .init(name: "b", value: .null)]))
        #expect(try JSONObject(positional: [], names: []) == JSONObject())
        let problem = Problem(pointer: "/1", reason: "is one too many: the method has 1 parameters")
        #expect(throws: InvalidParameters(problems: [problem])) { try JSONObject(positional: [1, 2], names: ["a"]) }
    }

    @Test func `ids are equal by their bytes`() {
        #expect(RequestID.string("\u{E9}") != .string("e\u{301}"))
        #expect(RequestID.string("\u{F900}") != .string("\u{8C48}"))
        #expect(RequestID.string("1") != .integer(1))
        #expect(RequestID.number("1.0") == .number("1.0"))
        #expect(Set([RequestID.null, .null, .integer(1), .integer(1), .string("a"), .string("a")]).count == 3)
    }
}
