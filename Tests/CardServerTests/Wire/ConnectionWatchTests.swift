import NIOCore
import Testing

@testable import CardServer

struct ConnectionWatchTests {
    private static let patience = Patience(
        firstMessage: .seconds(10), message: .seconds(30), unwritable: .seconds(20), silent: .seconds(200))

    private static func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(1000 + seconds) }

    /// What the connection did, at which second it is looked at, whether it is a stranger's, and what follows.
    private static let looks:
        [(change: @Sendable (inout ConnectionWatch) -> Void, at: Int64, isStranger: Bool, ConnectionWatch.Verdict)] = [
            ({ _ in }, 10, true, .keep), ({ _ in }, 11, true, .cut(.silent)), ({ _ in }, 11, false, .cut(.silent)),
            ({ $0.hasSpoken = true }, 200, true, .keep), ({ $0.hasSpoken = true }, 201, false, .cut(.silent)),
            ({ ($0.hasSpoken, $0.heardAt) = (true, at(150)) }, 350, true, .keep),
            ({ ($0.hasSpoken, $0.partialSince) = (true, at(5)) }, 15, true, .keep),
            ({ ($0.hasSpoken, $0.partialSince) = (true, at(5)) }, 16, true, .cut(.slow)),
            ({ ($0.hasSpoken, $0.partialSince) = (true, at(5)) }, 35, false, .keep),
            ({ ($0.hasSpoken, $0.partialSince) = (true, at(5)) }, 36, false, .cut(.slow)),
            ({ ($0.hasSpoken, $0.stuckSince) = (true, at(0)) }, 20, false, .keep),
            ({ ($0.hasSpoken, $0.stuckSince) = (true, at(0)) }, 21, false, .cut(.notReading)),
            ({ $0.endedAt = at(50) }, 53, true, .keep), ({ $0.endedAt = at(50) }, 54, true, .cut(.lingering)),
        ]

    @Test func `who waits too long for a peer cuts it off`() {
        for (index, (change, second, isStranger, verdict)) in Self.looks.enumerated() {
            var watch = ConnectionWatch(openedAt: Self.at(0))
            change(&watch)
            let found = watch.look(
                Self.patience, isStranger: isStranger, answersPings: false, at: Self.at(second))
            #expect(found == verdict, "row \(index)")
        }
    }

    @Test func `a peer that answers pings is asked three times before it is given up`() {
        var watch = ConnectionWatch(openedAt: Self.at(0))
        watch.hasSpoken = true
        let verdicts = (1...201).map { second in
            watch.look(Self.patience, isStranger: false, answersPings: true, at: Self.at(second))
        }
        #expect(verdicts.enumerated().filter { $0.element == .ping }.map { $0.offset + 1 } == [51, 102, 153])
        #expect(verdicts.last == .cut(.silent))
        watch.heardAt = Self.at(190)
        #expect(watch.look(Self.patience, isStranger: false, answersPings: true, at: Self.at(202)) == .keep)
    }
}
