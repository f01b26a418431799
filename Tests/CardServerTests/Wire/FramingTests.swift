import JSONRPC
import TestSupport
import Testing

/// One port, three framings, and whatever clients make of them.
@Suite(.servedEmpty, .timeLimit(.minutes(5)))
struct FramingTests {
    private static let ping = #"{"jsonrpc":"2.0","id":1,"method":"rpc.ping"}"#
    private static let pong = #"{"jsonrpc":"2.0","id":1,"result":"pong"}"#

    /// What is sent before the sending side ends, and the whole answer.
    private static let conversations: [(sent: String, answer: String)] = [
        (ping + "\n", pong + "\n"),
        // Nothing but the half-close ends it, as `printf … | nc -N` does.
        (ping, pong + "\n"),
        (ping + "\r\n", pong + "\n"),
        ("\n \r\n\t\n" + ping + "\n\n\n" + ping + "\n\n", pong + "\n" + pong + "\n"),
        (ping + ping + " " + ping, pong + "\n" + pong + "\n" + pong + "\n"),
        (
            "Content-Length: 44\r\n\r\n" + ping + "Content-Length: 44\r\nContent-Type: x; charset=utf8\r\n\r\n" + ping,
            "Content-Length: 40\r\n\r\n" + pong + "Content-Length: 40\r\n\r\n" + pong
        ),
        ("content-length:44\r\n\r\n" + ping, "Content-Length: 40\r\n\r\n" + pong), ("", ""), ("\n\n", ""),
    ]

    @Test func `each framing is answered in kind, also after the peer's last word`() async throws {
        try await withDaemon { daemon in
            for (sent, answer) in Self.conversations {
                let socket = try daemon.connect()
                await socket.send(sent)
                socket.finish()
                #expect(try await socket.rest() == answer, "\(sent)")
            }
        }
    }

    @Test func `a message may come byte by byte`() async throws {
        try await withDaemon { daemon in
            for text in [Self.ping + "\n", "Content-Length: 44\r\n\r\n" + Self.ping] {
                let socket = try daemon.connect()
                for byte in text.utf8 {
                    await socket.send([byte])
                    try await Task.sleep(for: .milliseconds(1))
                }
                socket.finish()
                #expect(try await socket.rest().hasSuffix(Self.pong + (text.hasPrefix("C") ? "" : "\n")))
            }
        }
    }

    @Test func `a thousand calls in one write are each answered, in their order`() async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            let methods = ["rpc.ping", "clock.get", "no.such", "cardSystem.list"]
            let calls = (0..<1000).map {
                TestSocket.request(methods[$0 % 4], [:], id: .integer(Int64($0)))
            }
            await socket.send(calls.joined())
            var kinds: [Int: String] = [:]
            var inMemory: [Int] = []
            for _ in 0..<1000 {
                let reply = try #require(try await socket.message())
                let id = Int(try #require(reply["id"]?.integer))
                if id % 4 == 0 { inMemory.append(id) }
                kinds[id] = reply["result"] == "pong" ? "pong" : reply.errorKind ?? "result"
            }
            #expect(kinds.count == 1000 && inMemory == inMemory.sorted())
            for id in 0..<1000 { #expect(kinds[id] == ["pong", "result", "method.unknown", "result"][id % 4]) }
        }
    }

    @Test func `an id comes back exactly as it was sent`() async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            for id in [
                "0", "-7", "1.0", "1e3", "9007199254740993", "123456789012345678901234567890", "null", #""""#,
                #""a b""#,
                #""é\n""#, "\"" + String(repeating: "x", count: 128) + "\"",
            ] {
                await socket.send(#"{"jsonrpc":"2.0","method":"rpc.ping","id":\#(id)}"# + "\n")
                #expect(try await socket.line() == #"{"jsonrpc":"2.0","id":\#(id),"result":"pong"}"#)
            }
        }
    }

    /// A message that is none, its error, and where in the text it is found.
    private static let faults: [(sent: String, code: Int64, offset: Int64?)] = [
        (#"{"jsonrpc":"2.0","id":1,"method":"rpc.ping",}"#, -32700, 44), (#"{"a":1 "b":2}"#, -32700, 7),
        (#"{"a":1,"a":2}"#, -32700, 7), ("[1,", -32700, 3), ("zero", -32700, 0), ("1", -32600, nil),
        (#"{"jsonrpc":"1.0","id":1,"method":"rpc.ping"}"#, -32600, nil),
        (#"{"jsonrpc":"2.0","id":[],"method":"rpc.ping"}"#, -32600, nil),
        (#"{"jsonrpc":"2.0","id":1,"method":"rpc ping"}"#, -32600, nil),
        (#"{"jsonrpc":"2.0","id":1}"#, -32600, nil),
        (#"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","params":7}"#, -32600, nil), ("[]", -32600, nil),
    ]

    @Test func `a malformed message is told where it breaks, and the next one is heard`() async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            await socket.send(Self.ping + "\n")
            _ = try await socket.line()
            for (sent, code, offset) in Self.faults {
                await socket.send(sent + "\n" + Self.ping + "\n")
                let reply = try #require(try await socket.message())
                #expect(reply.errorCode == code, "\(sent)")
                #expect(reply["error"]?["data"]?["offset"]?.integer == offset, "\(sent)")
                #expect(try await socket.line() == Self.pong, "\(sent)")
            }
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 "),
        ("POST /rpc HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 400 "),
        ("PRI * HTTP/2.0\r\n\r\n", "HTTP/1.1 400 "),
        ("\u{1}\u{2}nothing that we know", #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700"#),
        ("Content-Length: 44\n\n" + ping, "Content-Length: "),
        ("Content-Length: +44\r\n\r\n" + ping, "Content-Length: "),
    ])
    func `who speaks something else is told so, and the connection ends`(sent: String, answer: String) async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            await socket.send(sent)
            let rest = try await socket.rest()
            #expect(rest.hasPrefix(answer) && (answer.hasPrefix("HTTP") || rest.contains("-32700")))
            // Also who goes on talking can read that, and does not stay for ever.
            let talker = try daemon.connect()
            await talker.send(sent + String(repeating: "more and more ", count: 1 << 16))
            #expect(try await talker.rest().hasPrefix(answer))
        }
    }
}
