import JSONRPC
import TestSupport
import Testing

/// What a single call may look like, and what becomes of calls that wait for each other.
@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct CallTests {
    /// Parameters of `rpc.hello`, and the error or `nil`.
    private static let helloes: [(params: String, error: String?)] = [
        (#"{"client":"till"}"#, nil), (#"["till"]"#, nil), (#"["till","1.2",true]"#, nil),
        (#"["till","1.2",true,4]"#, "/3"), (#"{}"#, "/client"), ("null", "/client"), (#"{"client":7}"#, "/client"),
        (#"{"client":"till","clinet":1}"#, "/clinet"), (#"{"client":"till","answersPings":"yes"}"#, "/answersPings"),
    ]

    @Test func `parameters go by name or place, and what is wrong with them is pointed at`() async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            for (params, pointer) in Self.helloes {
                await socket.send(#"{"jsonrpc":"2.0","id":1,"method":"rpc.hello","params":\#(params)}"# + "\n")
                let reply = try #require(try await socket.message())
                if let pointer {
                    #expect(reply.errorCode == -32602, "\(params)")
                    let problems = reply["error"]?["data"]?["problems"]?.array ?? []
                    #expect(problems.map { $0["pointer"]?.string } == [pointer], "\(params)")
                } else {
                    #expect(reply["result"]?["server"] == "ksbd", "\(params)")
                }
            }
            // Several libraries send null where there are none.
            await socket.send(#"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","params":null}"# + "\n")
            #expect(try await socket.message()?["result"] == "pong")
        }
    }

    @Test func `an unknown method is told with the one that was perhaps meant`() async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            for (method, nearest) in [
                ("rpc.pong", "rpc.ping"), ("cardsystem.list", "cardSystem.list"), ("xyzzy.qqq", nil),
            ] {
                await socket.send(TestSocket.request(method, [:], id: 1))
                let reply = try #require(try await socket.message())
                #expect(reply.errorCode == -32601 && reply["error"]?["data"]?["nearest"]?.string == nearest)
            }
        }
    }

    @Test func `members that we do not know are ignored, and answers that we did not ask for too`() async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            await socket.send(#"{"jsonrpc":"2.0","id":5,"result":1}"# + "\n")
            let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            await socket.send(#"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","traceparent":"\#(trace)","x":{}}"# + "\n")
            #expect(try await socket.message()?["result"] == "pong")
            #expect(try await daemon.metric("ksbd_responses_received_total") == 1)
        }
    }

    @Test func `a write without an id is not carried out but counted, alone and in a batch`() async throws {
        try await withDaemon { daemon in
            let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
            let call = #"{"jsonrpc":"2.0","method":"cardSystem.create","params":{"name":"No","idempotencyKey":"n1"}}"#
            await socket.send(call + "\n[" + call + "," + call + "]\n")
            #expect(try await socket.call("rpc.ping") == "pong")
            let names = try await socket.call("cardSystem.list")["items"]?.array?.map { $0["name"] }
            #expect(names?.contains("No") == false && names?.isEmpty == false)
            #expect(try await eventually { try await daemon.metric("ksbd_notifications_ignored_total") == 3 })
        }
    }

    /// A daemon whose writes take a moment before they are committed.
    private static let slowWrites = [
        "KSBD_TESTING_ALLOW_FAILPOINTS": "true", "KSBD_FAILPOINT": "beforeCommit:sleep:1500",
    ]

    private static func create(_ name: String, id: JSON) -> String {
        TestSocket.request("cardSystem.create", ["name": .string(name), "idempotencyKey": .string(name)], id: id)
    }

    @Test func `the second call under an id that is in flight is refused, and the first is not disturbed`() async throws
    {
        try await withDaemon(Self.slowWrites) { daemon in
            let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
            await socket.send(Self.create("One", id: "a") + Self.create("Two", id: "a"))
            let second = try #require(try await socket.message())
            #expect(second.errorKind == "request.idInUse" && second["id"] == "a")
            #expect(try await socket.message()?["result"]?["name"] == "One")
            // It is free again.
            await socket.send(Self.create("Three", id: "a"))
            #expect(try await socket.message()?["result"]?["name"] == "Three")
        }
    }

    @Test(arguments: ["rpc.cancel", "$/cancelRequest"])
    func `a call can be cancelled, whether it waits or runs, and then has no effect`(method: String) async throws {
        try await withDaemon(Self.slowWrites) { daemon in
            let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
            await socket.send(Self.create("Runs", id: 1) + Self.create("Waits", id: 2) + Self.create("Stays", id: 3))
            func cancel(_ id: Int) -> String {
                #"{"jsonrpc":"2.0","method":"\#(method)","params":{"id":\#(id)}}"# + "\n"
            }
            await socket.send(cancel(2))
            let waiting = try #require(try await socket.message())
            #expect(waiting["id"] == 2 && waiting.errorCode == -32800)
            await socket.send(cancel(1) + cancel(99))
            let running = try #require(try await socket.message())
            #expect(running["id"] == 1 && running.errorCode == -32800)
            #expect(try await socket.message()?["result"]?["name"] == "Stays")
            let names =
                try await socket.call("cardSystem.list")["items"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(names.contains("Stays") && !names.contains("Runs") && !names.contains("Waits"))
        }
    }

    @Test func `a call sees the writes before it on its connection`() async throws {
        try await withDaemon { daemon in
            let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
            let get = TestSocket.request("cardSystem.list", ["limit": 100], id: 2)
            await socket.send(Self.create("Fresh", id: 1) + get)
            #expect(try await socket.message()?["result"]?["name"] == "Fresh")
            let list = try await socket.message()?["result"]?["items"]?.array ?? []
            #expect(list.contains { $0["name"] == "Fresh" })
        }
    }

    @Test func `strangers discover what they may call, and who has logged in everything`() async throws {
        try await withDaemon { daemon in
            let stranger = try daemon.connect()
            func names(_ socket: TestSocket) async throws -> Set<String> {
                let document = try await socket.call("rpc.discover")
                #expect(document["openrpc"]?.string?.hasPrefix("1.3") == true)
                return Set((document["methods"]?.array ?? []).compactMap { $0["name"]?.string })
            }
            let publicNames = try await names(stranger)
            #expect(publicNames.isSuperset(of: ["rpc.ping", "session.login", "pillar.setUp", "rpc.discover"]))
            #expect(publicNames.isDisjoint(with: ["counter.create", "checkIn.create", "audit.list"]))
            let known = try await daemon.connect(as: ServedWorld.facts.coordinatorToken)
            let all = try await names(known)
            #expect(all.isStrictSuperset(of: publicNames) && all.contains("counter.create"))
        }
    }
}
