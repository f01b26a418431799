import JSONRPC
import Synchronization
import Testing

@testable import CardClient

/// Calls about jobs, over connections that break.
struct JobCallsTests {
    private final class Notes: Sendable {
        let count = Mutex(0)
    }

    private static func calls(_ daemon: FakeDaemon, _ notes: Notes = Notes()) -> JobCalls {
        let keys = Mutex(0)
        return JobCalls(
            connect: { () async throws(CallFailure) in
                try await CardClient.connect(host: "127.0.0.1", port: daemon.port, timeoutSeconds: 10)
            },
            newKey: {
                keys.withLock {
                    $0 += 1
                    return "key \($0)"
                }
            }, note: { _ in notes.count.withLock { $0 += 1 } }, firstPause: .milliseconds(1))
    }

    private static func progress(_ state: String, _ id: String = "j") -> FakeDaemon.Step {
        .send(
            #"{"jsonrpc":"2.0","method":"job.progress","params":{"id":"\#(id)","state":"\#(state)"}}"#)
    }

    @Test func `a job is followed over connections that break, until nobody works on it`()
        async throws
    {
        let daemon = try await FakeDaemon.start { _, connection in
            switch connection {
            case 1: [.reply(["state": "running"]), Self.progress("running", "other"), .close]
            case 2: [.fail(RPCError(.databaseUnavailable))]
            default: [.reply(["state": "running"]), Self.progress("running"), Self.progress("done")]
            }
        }
        let notes = Notes()
        var shown: [String] = []
        let calls = Self.calls(daemon, notes)
        let job = try await calls.follow("j") { shown.append($0["state"]!.string!) }
        await calls.close()
        #expect(job["state"] == "done" && shown == ["running", "running", "running", "done"])
        #expect(notes.count.withLock { $0 } == 2)
    }

    @Test func `what is sent again has the same key, and what is refused is not sent again`()
        async throws
    {
        let daemon = try await FakeDaemon.start { _, connection in
            connection < 3
                ? [.close] : [.fail(RPCError(code: 1000, message: "no", data: ["kind": "job.wrongState"]))]
        }
        let calls = Self.calls(daemon)
        await #expect(throws: CallFailure.self) {
            _ = try await calls.write("job.start", [("jobId", "j")])
        }
        await calls.close()
        let keys = daemon.requests.compactMap { request in
            if case .named(let params) = request.params { params["idempotencyKey"]?.string } else { nil }
        }
        #expect(keys == ["key 1", "key 1", "key 1"])
    }

    @Test func `a file is sent in parts, the last one marked`() async throws {
        let daemon = try await FakeDaemon.start(["job.upload": .reply([:])])
        let folder = TemporaryFolder()
        let bytes = Array(repeating: UInt8(ascii: "x"), count: 4096) + Array("\r\nlast".utf8)
        folder.put(String(decoding: bytes, as: UTF8.self), in: "rows.csv")
        let calls = Self.calls(daemon)
        let file = try FileParts("\(folder.path)/rows.csv")
        #expect(file.size == bytes.count)
        try await calls.upload(file, to: "j", partBytes: 4096) { _ in }
        await calls.close()
        let params = daemon.requests.compactMap { request in
            if case .named(let params) = request.params { params } else { nil }
        }
        #expect(
            params.map { $0["offset"] } == [0, 4096] && params.map { $0["isLast"] } == [false, true])
        #expect(params.flatMap { Base64.bytes($0["base64"]!.string!)! } == bytes)
    }
}
