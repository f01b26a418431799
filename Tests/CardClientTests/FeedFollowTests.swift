import JSONRPC
import Synchronization
import Testing

@testable import CardClient

struct FeedFollowTests {
    private static func page(after: Int, _ sequences: [Int]) -> FakeDaemon.Step {
        let items = sequences.map { #"{"sequence":\#($0)}"# }.joined(separator: ",")
        return .send(
            #"{"jsonrpc":"2.0","method":"feed.changed","params":{"after":\#(after),"nextAfter":\#(sequences.last!),"#
                + #""items":[\#(items)]}}"#)
    }

    private static let ended = #"{"jsonrpc":"2.0","method":"feed.ended","params":{"cardSystemId":"x"}}"#

    @Test func `each change is shown once, over connections that break and pages that were lost on the way`()
        async throws
    {
        let daemon = try await FakeDaemon.start { _, connection in
            switch connection {
            case 1: [.reply(["after": 3]), Self.page(after: 3, [4, 6]), .close]
            case 2: [.fail(RPCError(.databaseUnavailable))]
            // The page after 6 is not there.
            case 3: [.reply(["after": 6]), Self.page(after: 7, [8])]
            default: [.reply(["after": 6]), Self.page(after: 6, [7, 8]), .send(Self.ended)]
            }
        }
        let shown = Mutex<[JSON]>([])
        let follow = FeedFollow(
            of: "x", after: nil,
            connect: { () async throws(CallFailure) in
                try await CardClient.connect(host: "127.0.0.1", port: daemon.port, timeoutSeconds: 10)
            },
            show: { entry in shown.withLock { $0.append(entry["sequence"] ?? .null) } }, note: { _ in },
            firstPause: .milliseconds(1))
        await #expect(throws: CallFailure.answered(RPCError(.permissionMissing))) { try await follow.run() }
        #expect(shown.withLock { $0 } == [4, 6, 7, 8])
        let places = daemon.requests.map { $0.params.json["after"] }
        #expect(places == [nil, 6, 6, 6])
    }

    @Test func `a change is a line with what a person looks for`() {
        let line = FeedLine.text(of: [
            "sequence": 7, "at": "2030-06-03T10:00:00+02:00", "kind": "card.block", "objectKind": "card",
            "objectId": "c-1", "changedFields": ["status"], "details": ["status": "blocked", "cardIds": ["a"]],
        ])
        #expect(
            line
                == #"7  2030-06-03T10:00:00+02:00  card.block  card  c-1  status  status=blocked  cardIds=["a"]"#)
    }
}
