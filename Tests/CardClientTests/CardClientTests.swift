import JSONRPC
import Testing

@testable import CardClient

struct CardClientTests {
    private static func connect(to daemon: FakeDaemon, timeoutSeconds: Int = 60) async throws -> CardClient {
        try await CardClient.connect(host: "127.0.0.1", port: daemon.port, timeoutSeconds: timeoutSeconds)
    }

    @Test func `a call gets its result, and a refusal comes as it was answered`() async throws {
        let refusal = RPCError(code: 1000, message: "no", data: ["kind": "card.blocked"])
        let daemon = try await FakeDaemon.start(["counter.get": .reply(["name": "Stadhuis"]), "no": .fail(refusal)])
        let client = try await Self.connect(to: daemon)
        #expect(try await client.call("counter.get", params: ["counterId": "1"]) == ["name": "Stadhuis"])
        await #expect(throws: CallFailure.answered(refusal)) { try await client.call("no") }
        let raw = try await client.callRaw("no")
        #expect(raw.outcome == .failure(refusal) && raw.id == .integer(3))
        let sent = daemon.requests.map(\.params)
        #expect(sent == [.named(JSONObject([.init(name: "counterId", value: "1")])), .absent, .absent])
        await client.close()
    }

    @Test func `answers find their calls by id, in whatever order they come`() async throws {
        let daemon = try await FakeDaemon.start { call, _ in
            guard case .request(let request) = call, case .integer(let id) = request.id else { return [] }
            // The last of three calls brings all answers, the newest first.
            if id < 3 { return [] }
            return (1...3).reversed().map { .send(#"{"jsonrpc":"2.0","id":\#($0),"result":\#($0 * 10)}"#) }
        }
        let client = try await Self.connect(to: daemon)
        async let one = client.call("a")
        async let two = client.call("b")
        async let three = client.call("c")
        let results = try await [one, two, three]
        #expect(Set(results) == [10, 20, 30])
        let answered = Dictionary(uniqueKeysWithValues: zip(["a", "b", "c"], results))
        for request in daemon.requests {
            guard case .integer(let id) = request.id else { continue }
            #expect(answered[request.method] == .integer(id * 10))
        }
        await client.close()
    }

    @Test func `notifications come in their order, and end with the connection`() async throws {
        let daemon = try await FakeDaemon.start { _, _ in
            [
                .send(#"{"jsonrpc":"2.0","method":"changed","params":{"n":1}}"#),
                .send(#"{"jsonrpc":"2.0","method":"changed","params":[2]}"#),
                .send(#"{"jsonrpc":"2.0","method":"bye"}"#),
                .reply("ok"), .close,
            ]
        }
        let client = try await Self.connect(to: daemon)
        #expect(try await client.call("subscribe") == "ok")
        var seen: [Notification] = []
        for await notification in client.notifications { seen.append(notification) }
        #expect(
            seen == [
                Notification(method: "changed", params: ["n": 1]), Notification(method: "changed", params: [2]),
                Notification(method: "bye", params: .null),
            ])
        await client.close()
    }

    @Test func `the daemon's pings are answered, and other calls of its are refused`() async throws {
        let daemon = try await FakeDaemon.start { call, _ in
            guard case .request(let request) = call else { return [] }
            if request.method == "last" { return [.reply("seen")] }
            return [
                .send(#"{"jsonrpc":"2.0","id":"ping 1","method":"rpc.ping"}"#),
                .send(#"{"jsonrpc":"2.0","id":7,"method":"reboot"}"#), .reply("ok"),
            ]
        }
        let client = try await Self.connect(to: daemon)
        _ = try await client.call("first")
        _ = try await client.call("last")
        let responses = daemon.calls.compactMap { if case .response(let response) = $0 { response } else { nil } }
        #expect(responses.first == Response(id: .string("ping 1"), outcome: .success("pong")))
        #expect(responses.last?.id == .integer(7))
        if case .failure(let error) = responses.last?.outcome { #expect(error.code == -32601) } else { Issue.record() }
        await client.close()
    }

    @Test func `a call without an answer ends when its time is over, and its late answer harms nothing`() async throws {
        let daemon = try await FakeDaemon.start { call, _ in
            guard case .request(let request) = call, request.method == "next" else { return [] }
            return [.send(#"{"jsonrpc":"2.0","id":1,"result":"late"}"#), .reply("ok")]
        }
        let client = try await Self.connect(to: daemon, timeoutSeconds: 1)
        await #expect(throws: CallFailure.timedOut(seconds: 1)) { try await client.call("slow") }
        #expect(try await client.call("next") == "ok")
        await client.close()
    }

    @Test func `an error without an id answers every call under way, as it may be any of them`() async throws {
        let daemon = try await FakeDaemon.start { call, _ in
            guard case .request(let request) = call, request.id == .integer(2) else { return [] }
            return [.send(String(decoding: Reply.error(.null, .tooLarge(limit: 16)), as: UTF8.self))]
        }
        let client = try await Self.connect(to: daemon)
        async let one = client.callRaw("a").outcome
        async let two = client.callRaw("b").outcome
        #expect(try await one == .failure(.tooLarge(limit: 16)))
        #expect(try await two == .failure(.tooLarge(limit: 16)))
        await client.close()
    }

    @Test func `calls under way and calls to come fail when the connection breaks`() async throws {
        let daemon = try await FakeDaemon.start(["die": .close])
        let client = try await Self.connect(to: daemon)
        let lost = CallFailure.connectionLost("the daemon closed the connection")
        await #expect(throws: lost) { try await client.call("die") }
        await #expect(throws: lost) { try await client.call("after") }
        await client.close()
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2", "{\"jsonrpc\":", "[]"])
    func `what is no JSON-RPC ends the connection with a word`(garbage: String) async throws {
        let daemon = try await FakeDaemon.start(["hello": .send(garbage)])
        let client = try await Self.connect(to: daemon)
        await #expect(throws: CallFailure.connectionLost("what answers there is not ksbd")) {
            try await client.call("hello")
        }
        await client.close()
    }

    @Test func `a port where nobody listens is told as such, and nothing is in doubt`() async throws {
        let port = try SilentPort()
        let expected = CallFailure.unreachable("127.0.0.1 port \(port.number): Connection refused")
        await #expect(throws: expected) { _ = try await CardClient.connect(host: "127.0.0.1", port: port.number) }
        #expect(!expected.isOutcomeUnknown)
    }

    @Test func `a list is read page by page, each cursor handed back as it came`() async throws {
        let daemon = try await FakeDaemon.start { call, _ in
            guard case .request(let request) = call, case .named(let params) = request.params else { return [] }
            switch params["cursor"] {
            case nil: return [.reply(["items": [1, 2], "nextCursor": "x"])]
            case "x": return [.reply(["items": [3], "nextCursor": "y"])]
            default: return [.reply(["items": [4]])]
            }
        }
        let client = try await Self.connect(to: daemon)
        let params = JSONObject([.init(name: "limit", value: 2)])
        #expect(try await client.callAllPages("counter.list", params: params) == ["items": [1, 2, 3, 4]])
        #expect(daemon.requests.count == 3)
        await client.close()
    }
}
