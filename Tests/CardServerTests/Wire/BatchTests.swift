import JSONRPC
import TestSupport
import Testing

@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct BatchTests {
    private static func call(_ method: String, _ params: JSON = [:], id: JSON? = nil) -> JSON {
        var members: [JSONObject.Member] = [
            .init(name: "jsonrpc", value: "2.0"), .init(name: "method", value: .string(method)),
            .init(name: "params", value: params),
        ]
        if let id { members.append(.init(name: "id", value: id)) }
        return .object(JSONObject(members))
    }

    @Test func `a batch is carried out and answered in its order, without its notifications`() async throws {
        try await withDaemon { daemon in
            let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
            let batch: JSON = [
                Self.call("rpc.ping", id: "first"), Self.call("rpc.ping"),
                Self.call("cardSystem.create", ["name": "Batch", "idempotencyKey": "b1"], id: 2),
                Self.call("cardSystem.list", id: 3), Self.call("no.such", id: 4), 7,
                Self.call("cardSystem.create", ["name": "Batch"], id: 5), Self.call("rpc.ping", id: 2), [[]],
                Self.call("rpc.ping", id: .null),
            ]
            await socket.send(batch.text + "\n")
            let replies = try #require(try await socket.message()?.array)
            #expect(replies.map { $0["id"] } == ["first", 2, 3, 4, .null, 5, 2, .null, .null])
            #expect(replies.map(\.errorCode) == [nil, nil, nil, -32601, -32600, -32602, -32600, -32600, nil])
            let names = replies[2]["result"]?["items"]?.array?.map { $0["name"] }
            #expect(names?.contains("Batch") == true, "the list comes after the write")
        }
    }

    @Test func `a batch of notifications alone is not answered, an empty one and one too long by one error`()
        async throws
    {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            await socket.send("[" + Self.call("rpc.ping").text + "]\n[]\n")
            let empty = try #require(try await socket.message())
            #expect(empty.errorCode == -32600 && empty["id"] == .null)
            let full = (0..<100).map { Self.call("rpc.ping", id: .integer($0)) }
            await socket.send(JSON.array(full).text + "\n")
            #expect(try await socket.message()?.array?.count == 100)
            await socket.send(JSON.array(full + [Self.call("rpc.ping", id: 100)]).text + "\n")
            let long = try #require(try await socket.message())
            #expect(long.errorKind == "batch.tooLong" && long["error"]?["data"]?["limit"] == 100)
        }
    }

    @Test func `the replies of a batch share one limit; what has no room left is not run`() async throws {
        try await withDaemon(["KSBD_LIMITS_REPLY_BYTES": "65536"]) { daemon in
            let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
            let large = Self.call("rpc.discover", id: "large")
            var calls = (0..<60).map { Self.call("event.list", ["limit": 100], id: .integer($0)) }
            calls.append(Self.call("cardSystem.create", ["name": "Late", "idempotencyKey": "late"], id: 60))
            await socket.send(large.text + "\n" + JSON.array(calls).text + "\n")
            let first = try #require(try await socket.line())
            #expect(first.contains("response.tooLarge"), "\(first.prefix(300))")
            let line = try #require(try await socket.line())
            #expect(line.utf8.count < 65_536 + 4096)
            let kinds = try JSON(parsing: Array(line.utf8)).array?.map(\.errorKind) ?? []
            #expect(kinds.first == .some(nil) && kinds.last == "response.tooLarge" && kinds.count == 61)
            let names = try await socket.call("cardSystem.list")["items"]?.array?.map { $0["name"] }
            #expect(names?.contains("Late") == false)
        }
    }

    @Test func `over HTTP too`() async throws {
        try await withDaemon { daemon in
            let batch: JSON = [Self.call("rpc.ping", id: 1), Self.call("rpc.ping"), Self.call("rpc.ping", id: 2)]
            let answer = try await daemon.http("POST", "/rpc", body: batch.text)
            #expect(answer.status == 200)
            #expect(try JSON(parsing: Array(answer.body.utf8)).array?.map { $0["id"] } == [1, 2])
        }
    }
}
