import Glibc
import JSONRPC
import TestSupport
import Testing

@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct FeedKillTests {
    /// Takes pushed pages until there are as many changes as asked for, or nothing comes any more.
    private static func take(
        _ count: Int, from socket: TestSocket, into sequences: inout [Int64], _ place: inout Int64
    ) async throws {
        while sequences.count < count, let message = try await socket.message(within: .seconds(10)) {
            guard message["method"] == "feed.changed", let page = message["params"] else { continue }
            #expect(page["after"]?.integer == place)
            sequences += page["items"]?.array?.compactMap { $0["sequence"]?.integer } ?? []
            place = page["nextAfter"]?.integer ?? -1
        }
    }

    @Test func `a consumer whose daemon is killed goes on at another one and has missed nothing`() async throws {
        let facts = ServedWorld.facts
        let here: JSON = ["cardSystemId": .string(facts.cardSystem)]
        var (sequences, place) = ([Int64](), Int64(0))
        try await withDaemon { one in
            try await withDaemon { other in
                let pillar = try await other.connect(as: facts.pillarCredential)
                func checkIn(_ rounds: Range<Int>) async throws {
                    for round in rounds {
                        try await pillar.call(
                            "pillar.checkIn",
                            ["chipNumber": .string(facts.chips[round % 4]), "idempotencyKey": .string("feed \(round)")])
                    }
                }
                let consumer = try await one.connect(as: facts.coordinatorToken)
                place = try #require(try await consumer.call("feed.subscribe", here)["after"]?.integer)
                let begin = place
                try await checkIn(0..<5)
                try await Self.take(5, from: consumer, into: &sequences, &place)
                one.kill(SIGKILL)
                try await checkIn(5..<10)
                let again = try await other.connect(as: facts.coordinatorToken)
                try await again.call(
                    "feed.subscribe", ["cardSystemId": .string(facts.cardSystem), "after": .integer(place)])
                try await checkIn(10..<15)
                try await Self.take(15, from: again, into: &sequences, &place)
                let list = try await again.call(
                    "feed.list", ["cardSystemId": .string(facts.cardSystem), "after": .integer(begin)])
                #expect(list["items"]?.array?.compactMap { $0["sequence"]?.integer } == sequences)
                #expect(sequences.count == 15)
            }
        }
    }
}
