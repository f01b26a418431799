import JSONRPC
import Testing

@testable import CardClient

/// What `ksb import` sends, and what it tells about what does not come in.
struct ImportTests {
    private static let lines: [(reasons: JSON, lines: String)] = [
        ([], ""),
        (
            [["kind": "insz.mismatch", "pointer": "/insz", "message": ["nl": "past niet", "en": "does not fit"]]],
            "7,insz,insz.mismatch,past niet\r\n"
        ),
        (
            [
                [
                    "kind": "row.invalid", "column": 3, "pointer": "/address/postalCode", "reason": "is missing",
                    "message": ["nl": "De rij klopt niet (3): is missing"],
                ],
                ["kind": "row.invalid", "column": 9, "reason": "x", "message": ["nl": "te veel; kolommen"]],
            ],
            """
            7,address.postalCode,row.invalid,De rij klopt niet (3): is missing\r
            7,9,row.invalid,"te veel; kolommen"\r\n
            """
        ),
        (
            [
                [
                    "kind": "document.invalid", "pointer": "/name", "message": ["nl": "Onleesbaar"],
                    "details": ["problem": "must be text"],
                ]
            ],
            "7,name,document.invalid,Onleesbaar: must be text\r\n"
        ),
    ]

    @Test(arguments: lines)
    func `each reason is a line with row, column, kind and text`(reasons: JSON, lines: String) {
        #expect(RefusedRows.lines(reasons, of: 7, .nl) == lines)
    }

    @Test func `documents stand in an array, or one in each line`() throws {
        func read(_ text: String) throws -> [JSON] { try DocumentFile(Array(text.utf8)).documents }
        for text in ["[1, {\"a\": [2]}]", "\n [1,{\"a\":[2]}]\n", "1\n{\"a\": [2]}", "1\r\n\r\n{\"a\":[2]}\r\n"] {
            #expect(try read(text) == [1, ["a": [2]]], "\(text)")
        }
        #expect(try read("").isEmpty && read("[]").isEmpty)
        let problem = #expect(throws: ArgumentProblem.self) { try read("1\n\n{\"a\"") }
        #expect(problem?.description.contains("line 3") == true)
        #expect(throws: ArgumentProblem.self) { try read("[1") }
    }

    @Test func `documents go some at a time, and one that is not taken holds none of the others back`() async throws {
        let daemon = try await FakeDaemon.start { call, _ in
            guard case .request(let request) = call, case .named(let params) = request.params,
                let documents = params["documents"]?.array
            else { return [.close] }
            if documents.contains("bad") { return [.fail(RPCError(code: -32602, message: "no", data: ["kind": "k"]))] }
            let outcomes = documents.map { document -> JSON in
                document == "old" ? ["outcome": "refused", "reasons": [["kind": "r"]]] : ["outcome": "imported"]
            }
            let refused = documents.count { $0 == "old" }
            return [
                .reply([
                    "imported": .integer(Int64(documents.count - refused)), "refused": .integer(Int64(refused)),
                    "outcomes": .array(outcomes),
                ])
            ]
        }
        var documents = (0..<120).map { JSON.integer(Int64($0)) }
        (documents[60], documents[119]) = ("bad", "old")
        let file = try DocumentFile(Array(JSON.array(documents).text.utf8))
        let calls = JobCalls(
            connect: { () async throws(CallFailure) in
                try await CardClient.connect(host: "127.0.0.1", port: daemon.port, timeoutSeconds: 10)
            }, newKey: { "key" }, note: { _ in })
        var (shown, refused): ([Int], [String]) = ([], [])
        let report = try await file.bringIn(by: calls, .en) {
            shown.append($0)
        } refuse: { (text) throws(FileProblem) in
            refused.append(text)
        }
        await calls.close()
        #expect(report.imported == 118 && report.refused == 2 && shown == [50, 100, 120])
        #expect(refused == ["61,,k,no\r\n", "120,,r,\r\n"])
    }
}
