import CardRules
import JSONRPC
import Synchronization
import Testing

@testable import CardMethods

@Suite struct ThrottleTests {
    @Test func `GEN-05 a source may try 20 times a minute and miss 20 times an hour, each kind by itself`() throws {
        let clock = NowBox()
        let throttle = SourceThrottle(now: { clock.now })
        let (a, b) = (Peer(source: "a"), Peer(source: "b"))
        for _ in 1...20 { try throttle.admit(.pillarSetUp, from: a) }
        #expect(throws: RPCError.self) { try throttle.admit(.pillarSetUp, from: a) }
        try throttle.admit(.pillarSetUp, from: b)
        try throttle.admit(.registration, from: a)
        clock.set(60)
        try throttle.admit(.pillarSetUp, from: a)
        for _ in 1...20 { throttle.missed(.pillarSetUp, from: a) }
        #expect(throws: RPCError.limitExceeded(retryAfterMilliseconds: 3_600_001)) {
            try throttle.admit(.pillarSetUp, from: a)
        }
    }
}
final class NowBox: Sendable {
    private let value = Mutex(Instant(seconds: 0))
    var now: Instant { value.withLock { $0 } }
    func set(_ s: Int64) { value.withLock { $0 = Instant(seconds: s) } }
}
