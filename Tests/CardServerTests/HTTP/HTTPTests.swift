import JSONRPC
import TestSupport
import Testing

@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct HTTPTests {
    private static let ping = #"{"jsonrpc":"2.0","id":1,"method":"rpc.ping"}"#
    private static let pong = #"{"jsonrpc":"2.0","id":1,"result":"pong"}"#

    /// What is posted, and the status and body of the answer.
    private static let posts: [(body: String, status: Int, answer: String)] = [
        (ping, 200, pong), ("[\(ping)]", 200, "[\(pong)]"), (" \r\n" + ping + "\n", 200, pong),
        (#"{"jsonrpc":"2.0","method":"rpc.ping"}"#, 204, ""), (#"[{"jsonrpc":"2.0","method":"rpc.ping"}]"#, 204, ""),
        ("{", 400, "-32700"), ("", 400, "-32700"), ("[]", 400, "-32600"), (ping + ping, 400, "-32700"),
        (#"{"jsonrpc":"2.0","id":7,"method":"no.such"}"#, 200, "-32601"),
        (#"{"jsonrpc":"2.0","id":7,"method":"pillar.subscribe"}"#, 200, "-32001"),
    ]

    @Test func `the same methods are there at POST rpc`() async throws {
        try await withDaemon { daemon in
            for (body, status, text) in Self.posts {
                let answer = try await daemon.http("POST", "/rpc", body: body)
                #expect(answer.status == status, "\(body)")
                #expect(text.hasPrefix("-") ? answer.body.contains(text) : answer.body == text, "\(body)")
            }
            #expect(try await daemon.http("GET", "/rpc").status == 404)
            #expect(try await daemon.http("GET", "/nothing").status == 404)
            let health = try await daemon.http("GET", "/health")
            #expect(health.status == 200 && health.body == "ok\n")
            let ready = try await daemon.http("GET", "/ready")
            #expect(ready.status == 200)
            #expect(ready.body == #"{"ready":true,"problems":[],"timeIsSimulated":false}"#)
        }
    }

    @Test func `a bearer token says who calls; one that does not hold is refused`() async throws {
        try await withDaemon { daemon in
            let call = #"{"jsonrpc":"2.0","id":1,"method":"session.get"}"#
            func answer(_ header: String?) async throws -> (status: Int, headers: String, body: String) {
                let headers = header.map { ["Authorization": $0] } ?? [:]
                return try await daemon.http("POST", "/rpc", headers: headers, body: call)
            }
            let facts = ServedWorld.facts
            #expect(try await answer("Bearer " + facts.operatorToken).body.contains("operator@demo.example"))
            #expect(try await answer("bearer " + facts.operatorToken).status == 200)
            #expect(try await answer("Bearer " + facts.pillarCredential).body.contains(facts.pillar))
            let stranger = try await answer(nil)
            #expect(stranger.status == 200 && !stranger.body.contains("@"))
            for wrong in ["Bearer kss_nothing", "Bearer ", "Basic b3A6cHc=", facts.operatorToken] {
                let refused = try await answer(wrong)
                #expect(refused.status == 401 && refused.headers.lowercased().contains("www-authenticate: bearer"))
                #expect(refused.body.contains("login.missing"), "\(wrong)")
            }
        }
    }

    @Test func `what is too large is refused, by the limit of who sends it`() async throws {
        try await withDaemon { daemon in
            let large = Self.ping.dropLast() + String(repeating: " ", count: 20_000) + "}"
            let refused = try await daemon.http("POST", "/rpc", body: String(large))
            #expect(refused.status == 413 && refused.body.contains(#""limit":16384"#))
            let bearer = ["Authorization": "Bearer " + ServedWorld.facts.pillarCredential]
            #expect(try await daemon.http("POST", "/rpc", headers: bearer, body: String(large)).body == Self.pong)
        }
    }

    @Test func `beyond their limit connections wait until another is closed`() async throws {
        try await withDaemon(["KSBD_LIMITS_HTTP_CONNECTIONS": "2"]) { daemon in
            let asked = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
            var open: [TestSocket] = []
            for _ in 0..<2 {
                let socket = try TestSocket(port: daemon.httpPort)
                await socket.send(asked)
                #expect(try await socket.line() != nil)
                open.append(socket)
            }
            let third = try TestSocket(port: daemon.httpPort)
            await third.send(asked)
            await #expect(throws: TestSocket.Silence.self) { try await third.line(within: .seconds(1)) }
            open.removeFirst().close()
            #expect(try await third.line() != nil)
        }
    }

    @Test func `metrics are text that Prometheus reads, for this machine alone, and no stranger adds to their series`()
        async throws
    {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            for method in ["made.up", "another", #"a"b"#] {
                await socket.send(TestSocket.request(method, [:], id: 1))
                _ = try await socket.message()
            }
            try await socket.call("rpc.ping")
            await #expect(throws: TestSocket.Refused.self) { try await socket.call("counter.list") }
            let answer = try await daemon.http("GET", "/metrics")
            #expect(answer.status == 200 && answer.headers.contains("text/plain; version=0.0.4"))
            var types: [String: String] = [:]
            var series: Set<String> = []
            for line in answer.body.split(separator: "\n") {
                if let match = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
                    #expect(types.updateValue(String(match.2), forKey: String(match.1)) == nil)
                } else if line.wholeMatch(of: /# HELP [a-z_]+ .+/) == nil {
                    let match = try #require(
                        line.wholeMatch(of: /([a-z_]+)(\{[a-zA-Z]+="[^"\\]*"(,[a-zA-Z]+="[^"\\]*")*\})? [0-9.e+-]+/),
                        "\(line)")
                    let name = String(match.1)
                    let family = name.replacing(/_(bucket|sum|count)$/, with: "")
                    let type = types[name] ?? types[family]
                    #expect(type != nil, "\(line)")
                    #expect((type == "counter") == name.hasSuffix("_total"), "\(line)")
                    #expect(series.insert(String(line.prefix { $0 != " " })).inserted, "\(line)")
                }
            }
            #expect(series.contains(#"ksbd_calls_total{method="rpc.ping",outcome="ok"}"#))
            #expect(series.contains(#"ksbd_calls_total{method="counter.list",outcome="login.missing"}"#))
            #expect(!answer.body.contains("made.up") && !answer.body.contains("another"))
            for header in ["Forwarded", "X-Forwarded-For"] {
                #expect(try await daemon.http("GET", "/metrics", headers: [header: "10.0.0.1"]).status == 403)
            }
        }
    }
}
