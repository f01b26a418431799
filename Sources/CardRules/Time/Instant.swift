/// A moment, in microseconds since 1970-01-01T00:00Z: what PostgreSQL's `timestamptz` can hold.
public struct Instant: Sendable, Hashable, Comparable {
    public var microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(seconds: Int64) { microseconds = seconds * 1_000_000 }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 { microseconds.floorDivided(by: 1_000_000) }

    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }
    public static func + (instant: Instant, span: Span) -> Instant {
        Instant(microseconds: instant.microseconds + span.microseconds)
    }
    public static func - (instant: Instant, span: Span) -> Instant {
        Instant(microseconds: instant.microseconds - span.microseconds)
    }
    public static func - (left: Instant, right: Instant) -> Span {
        Span(microseconds: left.microseconds - right.microseconds)
    }

    /// A length of time.
    public struct Span: Sendable, Hashable, Comparable {
        public var microseconds: Int64

        public init(microseconds: Int64) { self.microseconds = microseconds }
        public static func seconds(_ count: Int) -> Span { Span(microseconds: Int64(count) * 1_000_000) }
        public static func minutes(_ count: Int) -> Span { .seconds(count * 60) }
        public static func hours(_ count: Int) -> Span { .minutes(count * 60) }
        public static func days(_ count: Int) -> Span { .hours(count * 24) }
        public static func < (left: Span, right: Span) -> Bool { left.microseconds < right.microseconds }
        public var magnitude: Span { Span(microseconds: abs(microseconds)) }
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity.
    func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
