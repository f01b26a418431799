import JSONRPC
import Synchronization
import Testing

@testable import CardClient

struct PillarWatchTests {
    private final class Screen: Sendable {
        let shown = Mutex<[JSON]>([])
        let notes = Mutex<[String]>([])
    }

    private static func watch(_ daemon: FakeDaemon, _ screen: Screen) -> PillarWatch {
        PillarWatch(
            connect: { () async throws(CallFailure) in
                try await CardClient.connect(host: "127.0.0.1", port: daemon.port, timeoutSeconds: 10)
            },
            show: { view in screen.shown.withLock { $0.append(view) } },
            note: { note in screen.notes.withLock { $0.append(note) } }, firstPause: .milliseconds(1))
    }

    private static let changed = #"{"jsonrpc":"2.0","method":"pillar.assignedEventChanged","params":{"event":2}}"#
    private static let draining =
        #"{"jsonrpc":"2.0","method":"rpc.draining","params":{"reconnectAfterMilliseconds":5}}"#

    @Test func `KIO-02 each change is shown once, over connections that break, until the credential holds no more`()
        async throws
    {
        let daemon = try await FakeDaemon.start { _, connection in
            switch connection {
            case 1: [.reply(["event": 1]), .send(Self.changed), .send(Self.draining), .close]
            // What is shown already is not shown again.
            case 2: [.reply(["event": 2]), .close]
            case 3: [.fail(RPCError(.databaseUnavailable))]
            case 4: [.reply(["event": 3]), .close]
            default: [.fail(RPCError(.loginMissing))]
            }
        }
        let screen = Screen()
        await #expect(throws: CallFailure.answered(RPCError(.loginMissing))) {
            try await Self.watch(daemon, screen).run()
        }
        #expect(screen.shown.withLock { $0 } == [["event": 1], ["event": 2], ["event": 3]])
        #expect(screen.notes.withLock { $0.count } == 4)
        #expect(daemon.requests.map(\.method) == Array(repeating: "pillar.subscribe", count: 5))
    }

    @Test func `a pillar's screen says what to show, or why there is nothing`() {
        let text = AssignedEventText(.fr)
        #expect(
            text.lines(of: [
                "event": [
                    "id": "e-1", "name": ["main": "nl", "nl": "Fuif"], "checkInPoints": 2, "source": "fixed",
                    "opensAt": "A",
                    "closesAt": "B", "checkInsUntil": "C", "checkInCode": "QR",
                ], "reasons": [],
            ]) == [
                "event: Fuif (fixed, e-1)", "  points per check-in: 2", "  opening: A – B; check-ins until C",
                "  check-in code: QR",
            ])
        let closed: JSON = [
            "kind": "checkIn.outsideOpening", "message": ["nl": "Nu niet.", "en": "Not now.", "fr": "Pas maintenant."],
            "details": ["opensAt": "D"],
        ]
        #expect(
            text.lines(of: [
                "nextAt": "D",
                "reasons": [
                    ["source": "fixed", "eventId": "e-1", "reasons": [closed]], ["source": "automatic", "reasons": []],
                ],
            ]) == [
                "no event; next at D", "  fixed e-1: Pas maintenant. [checkIn.outsideOpening] (opensAt=D)",
                "  automatic: nothing to show",
            ])
    }
}
