/// How often one source may try something that can be guessed: so many attempts in any minute, and so many misses in
/// any hour. All instants are of a clock that does not go back.
public struct SourceBucket: Sendable {
    public static let attemptsPerMinute = 20
    public static let missesPerHour = 20

    private var attempts: [Instant] = []
    private var misses: [Instant] = []

    public init() {}

    /// Counts an attempt if it is within both limits.
    ///
    /// - Returns: `nil`, or when the next attempt will be let in; that one is not counted.
    public mutating func attempt(at instant: Instant) -> Instant? {
        attempts.removeAll { instant - $0 >= .minutes(1) }
        misses.removeAll { instant - $0 >= .hours(1) }
        var free = instant
        if attempts.count >= Self.attemptsPerMinute { free = max(free, attempts[0] + .minutes(1)) }
        // Attempts that were under way together may have missed more often.
        if misses.count >= Self.missesPerHour {
            free = max(free, misses[misses.count - Self.missesPerHour] + .hours(1))
        }
        if free > instant { return free }
        attempts.append(instant)
        return nil
    }

    /// The attempt that was let in last hit nothing.
    public mutating func miss(at instant: Instant) { misses.append(instant) }
}

/// The buckets of the sources that were seen last: never more than a fixed number, whoever comes.
public struct SourceTable<Source: Hashable & Sendable>: Sendable {
    /// How many sources are kept, at least 4.
    public let capacity: Int
    private var entries: [Source: Entry] = [:]
    private var uses = 0

    private struct Entry: Sendable {
        var bucket = SourceBucket()
        var lastUse = 0
    }

    public init(capacity: Int) { self.capacity = max(4, capacity) }

    public var count: Int { entries.count }

    /// Counts an attempt of a source; see ``SourceBucket/attempt(at:)``.
    public mutating func attempt(by source: Source, at instant: Instant) -> Instant? {
        use(source) { $0.attempt(at: instant) }
    }

    /// Counts a miss of a source; see ``SourceBucket/miss(at:)``.
    public mutating func miss(by source: Source, at instant: Instant) {
        use(source) { $0.miss(at: instant) }
    }

    private mutating func use<Value>(_ source: Source, _ body: (inout SourceBucket) -> Value) -> Value {
        if entries[source] == nil, entries.count >= capacity { forgetOldest() }
        uses += 1
        entries[source, default: Entry()].lastUse = uses
        return body(&entries[source]!.bucket)
    }

    /// Drops the quarter that was used longest ago: a sort now and then costs less than an order that is always kept.
    private mutating func forgetOldest() {
        let limit = entries.values.map(\.lastUse).sorted()[capacity / 4 - 1]
        entries = entries.filter { $0.value.lastUse > limit }
    }
}
