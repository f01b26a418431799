import JSONRPC
import Postgres
import TestSupport
import Testing

/// What a peer may take, and that what it takes is not taken from others.
@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct LimitTests {
    private static let ping = TestSocket.request("rpc.ping", [:], id: 1)

    /// A call of a size in bytes, without its line end. Blanks count.
    private static func ping(of bytes: Int) -> String {
        let text = String(ping.dropLast())
        return text.dropLast() + String(repeating: " ", count: bytes - text.utf8.count) + "}"
    }

    @Test func `a stranger's message may have 16 KiB, that of somebody known a mebibyte`() async throws {
        try await withDaemon { daemon in
            let stranger = try daemon.connect()
            await stranger.send(Self.ping(of: 16_384) + "\n" + Self.ping(of: 16_385) + "\n" + Self.ping)
            #expect(try await stranger.message()?["result"] == "pong")
            let refused = try #require(try await stranger.message())
            #expect(refused.errorKind == "message.tooLarge" && refused["error"]?["data"]?["limit"] == 16_384)
            #expect(try await stranger.message()?["result"] == "pong", "what follows the line is heard")
            let known = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
            await known.send(Self.ping(of: 1 << 20) + "\n" + Self.ping(of: 1 << 20 + 1) + "\n")
            #expect(try await known.message()?["result"] == "pong")
            #expect(try await known.message()?.errorKind == "message.tooLarge")
            // Those who import documents may send more.
            let host = try await daemon.connect(as: ServedWorld.facts.operatorToken)
            await host.send(Self.ping(of: 4 << 20) + "\n")
            #expect(try await host.message()?["result"] == "pong")
        }
    }

    @Test func `a text may be as long as a picture where the caller may send one`() async throws {
        try await withDaemon { daemon in
            let picture = JSON.string(String(repeating: "A", count: 2_796_204))
            let params: JSON = ["passHolderId": "00000000-0000-7000-8000-000000000000", "picture": picture]
            let request = TestSocket.request("passHolder.setPicture", params, id: 1)
            let coordinator = try await daemon.connect(as: ServedWorld.facts.coordinatorToken)
            await coordinator.send(request + "\n")
            #expect(try await coordinator.message()?.errorKind == "params.invalid")
            let pillar = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
            await pillar.send(
                TestSocket.request("rpc.ping", ["x": .string(String(repeating: "A", count: 300_000))], id: 1))
            let reason = try await pillar.message()?["error"]?["data"]?["reason"]
            #expect(reason == "stringTooLong")
        }
    }

    @Test func `the third message that is too large ends the connection, in header mode the first`() async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect()
            let large = Self.ping(of: 20_000) + "\n"
            await socket.send(large + large + Self.ping + large + Self.ping)
            let lines = try await socket.rest().split(separator: "\n")
            #expect(lines.count == 4 && lines.filter { $0.contains("message.tooLarge") }.count == 3)
            let headed = try daemon.connect()
            await headed.send("Content-Length: 99999999\r\n\r\n" + large)
            #expect(try await headed.rest().contains("message.tooLarge"))
        }
    }

    @Test func `ten megabytes of rubbish disturb nobody else`() async throws {
        try await withDaemon { daemon in
            let other = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
            let before = daemon.usage().residentBytes
            let rubbish = [UInt8](repeating: UInt8(ascii: "{"), count: 10 << 20)
            async let sent = (0..<4).asyncMap { _ in
                let socket = try daemon.connect()
                await socket.send(rubbish)
                return try await socket.rest(within: .seconds(30))
            }
            for _ in 0..<50 {
                let start = ContinuousClock.now
                try await other.call("pillar.assignedEvent")
                #expect(ContinuousClock.now - start < .seconds(3))
            }
            for answer in try await sent { #expect(answer.contains("message.tooLarge")) }
            #expect(daemon.usage().residentBytes - before < 30 << 20)
        }
    }

    @Test func `from a peer that does not read nothing more is read, and in the end it is cut off`() async throws {
        let limits = ["KSBD_LIMITS_UNWRITABLE_SECONDS": "3"]
        try await withDaemon(limits) { daemon in
            let other = try daemon.connect()
            let before = daemon.usage().residentBytes
            let socket = try daemon.connect(receiveBytes: 4096)
            // Some gigabytes of answers, if they were made.
            let flood = Task {
                let calls = (0..<200).map { TestSocket.request("rpc.discover", [:], id: .integer(Int64($0))) }.joined()
                for _ in 0..<4000 where await !socket.send(calls) { return true }
                return false
            }
            var most = 0
            let isCut = try await eventually(within: .seconds(30)) {
                most = max(most, daemon.usage().residentBytes)
                #expect(try await other.call("rpc.ping") == "pong")
                return try await daemon.metric(#"ksbd_connections_cut_total{reason="notReading"}"#) == 1
            }
            #expect(isCut)
            socket.finish()
            socket.close()
            #expect(await flood.value, "not everything was taken")
            #expect(most - before < 40 << 20)
        }
    }

    @Test func `a peer that reads slowly gets everything`() async throws {
        try await withDaemon { daemon in
            let socket = try daemon.connect(receiveBytes: 4096)
            let count = 12
            async let sent = socket.send(
                (0..<count).map { TestSocket.request("rpc.discover", [:], id: .integer(Int64($0))) }.joined())
            for id in 0..<count {
                if id % 3 == 0 { try await Task.sleep(for: .milliseconds(50)) }
                #expect(try await socket.message()?["id"]?.integer == Int64(id))
            }
            #expect(await sent)
        }
    }

    @Test func `who says nothing, or no whole message in time, is cut off; others stay`() async throws {
        let limits = ["KSBD_LIMITS_FIRST_MESSAGE_SECONDS": "1", "KSBD_LIMITS_MESSAGE_SECONDS": "3"]
        try await withDaemon(limits) { daemon in
            let silent = try daemon.connect()
            let polite = try daemon.connect()
            #expect(try await polite.call("rpc.ping") == "pong")
            let slow = try daemon.connect()
            let drip = Task {
                for byte in Self.ping.dropLast().utf8 {
                    if await !slow.send([byte]) { return }
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            // Half a message at the end of each write, for longer than a message may take.
            let busy = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
            let (head, tail) = (Self.ping.prefix(20), Self.ping.dropFirst(20))
            await busy.send(String(head))
            for _ in 0..<45 {
                await busy.send(String(tail + head))
                #expect(try await busy.message()?["result"] == "pong")
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try await silent.rest(within: .seconds(5)) == "")
            #expect(try await slow.rest(within: .seconds(5)) == "")
            drip.cancel()
            #expect(try await polite.call("rpc.ping") == "pong")
            #expect(try await busy.rest(within: .seconds(10)) == "", "half a message was left lying")
        }
    }

    @Test func `silence ends a connection, unless it answers pings`() async throws {
        try await withDaemon(["KSBD_LIMITS_SILENT_SECONDS": "10"]) { daemon in
            let silent = try daemon.connect()
            #expect(try await silent.call("rpc.ping") == "pong")
            let deaf = try daemon.connect()
            try await deaf.call("rpc.hello", ["client": "deaf", "answersPings": true])
            let pillar = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
            try await pillar.call("pillar.subscribe")
            async let heard = deaf.rest(within: .seconds(30))
            let start = ContinuousClock.now
            var pings = 0
            while ContinuousClock.now - start < .seconds(14) {
                guard let message = try? await pillar.message(within: .seconds(1)) else { continue }
                #expect(message["method"] == "rpc.ping")
                let answer: JSON = ["jsonrpc": "2.0", "id": message["id"] ?? .null, "result": "pong"]
                await pillar.send(answer.text + "\n")
                pings += 1
            }
            #expect(pings >= 3)
            #expect(try await pillar.call("pillar.assignedEvent")["event"] != nil)
            #expect(try await silent.rest(within: .seconds(1)) == "")
            #expect(try await heard.split(separator: "\n").count >= 2, "it was asked before it was given up")
            #expect(try await daemon.metric(#"ksbd_connections_cut_total{reason="silent"}"#) == 2)
        }
    }

    @Test func `connections over the limit are closed at once, and there is room again when others go`() async throws {
        try await withDaemon(["KSBD_LIMITS_CONNECTIONS": "3"]) { daemon in
            let sockets = try (0..<3).map { _ in try daemon.connect() }
            for socket in sockets { #expect(try await socket.call("rpc.ping") == "pong") }
            let extra = try daemon.connect()
            #expect(try await extra.rest(within: .seconds(5)) == "")
            #expect(try await daemon.metric("ksbd_connections_rejected_total") == 1)
            sockets[0].close()
            #expect(
                await eventually {
                    (try? await daemon.connect().call("rpc.ping")) == "pong"
                })
        }
    }

    @Test func `the last descriptors are kept for the database and for monitoring`() async throws {
        try await withDaemon(openFiles: 160) { daemon in
            var sockets: [TestSocket] = []
            for _ in 0..<300 { sockets.append(try daemon.connect()) }
            let open = try #require(try await daemon.metric("ksbd_connections"))
            #expect(open > 50 && open < 120)
            #expect(try await daemon.http("GET", "/ready").status == 200)
            let first = sockets[0]
            #expect(try await first.call("cardSystem.list")["items"]?.array?.isEmpty == false)
            let before = daemon.usage().processorSeconds
            try await Task.sleep(for: .seconds(1))
            #expect(daemon.usage().processorSeconds - before < 0.5, "it does not spin")
            sockets = []
            #expect(await eventually { (try? await daemon.connect().call("rpc.ping")) == "pong" })
        }
    }

    @Test func `a peer that vanishes leaves nothing behind`() async throws {
        try await withDaemon { daemon in
            for round in 0..<20 {
                let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
                let params: JSON = ["name": .string("Gone \(round)"), "idempotencyKey": .string("gone \(round)")]
                await socket.send(TestSocket.request("cardSystem.create", params, id: 1) + Self.ping.dropLast(5))
                socket.reset()
            }
            #expect(try await eventually { try await daemon.metric("ksbd_connections") == 0 })
            let busy: SQL = """
                select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'
                """
            #expect(try await eventually { try ServedWorld.count(busy) == 0 })
            #expect(try await daemon.connect().call("rpc.ping") == "pong")
        }
    }
}

extension Sequence where Self: Sendable, Element: Sendable {
    /// The results for all elements, made at the same time, in their order.
    func asyncMap<R: Sendable>(_ body: @escaping @Sendable (Element) async throws -> R) async rethrows -> [R] {
        try await withThrowingTaskGroup(of: (Int, R).self) { group in
            for (index, element) in enumerated() { group.addTask { (index, try await body(element)) } }
            var results: [Int: R] = [:]
            for try await (index, result) in group { results[index] = result }
            return results.sorted { $0.key < $1.key }.map(\.value)
        }
    }
}
