/// A moment, in microseconds since 1970-01-01T00:00Z: what PostgreSQL's `timestamptz` can hold.
public struct Instant: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00Z.
    public var microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    /// So many whole seconds after 1970-01-01T00:00Z.
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
        /// Negative for a span that leads back.
        public var microseconds: Int64

        public init(microseconds: Int64) { self.microseconds = microseconds }
        public static func seconds(_ count: Int) -> Span { Span(microseconds: Int64(count) * 1_000_000) }
        public static func minutes(_ count: Int) -> Span { .seconds(count * 60) }
        public static func hours(_ count: Int) -> Span { .minutes(count * 60) }
        public static func days(_ count: Int) -> Span { .hours(count * 24) }
        public static func < (left: Span, right: Span) -> Bool { left.microseconds < right.microseconds }
        /// The same length without its sign.
        public var magnitude: Span { Span(microseconds: abs(microseconds)) }
    }
}

extension SignedInteger {
    /// Division by a positive number that rounds towards minus infinity.
    func floorDivided(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
