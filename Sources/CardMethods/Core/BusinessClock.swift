import CardRules
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Business time: real time plus the offset that a test or demo world may set. All rules of the domain ask this clock;
/// sessions, throttles and deadlines ask `realNow`.
public final class BusinessClock: Sendable {
    private let offset = Mutex<Instant.Span>(Instant.Span(microseconds: 0))

    public init() {}

    public var now: Instant { realNow + offset.withLock { $0 } }

    public var realNow: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Whether time was moved.
    public var isSimulated: Bool { offset.withLock { $0.microseconds } != 0 }

    /// Takes over what the database says; forward only, as several daemons may tell late.
    func adopt(offset new: Instant.Span) { offset.withLock { $0 = max($0, new) } }
}
