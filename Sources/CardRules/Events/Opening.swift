/// A time during which an event is open: from its start to its end.
public struct Opening: Sendable, Hashable, Comparable {
    public var start: Instant
    /// Not before the start. The start and end of an opening may be the same moment.
    public var end: Instant

    public init(start: Instant, end: Instant) { (self.start, self.end) = (start, end) }

    public static func < (left: Opening, right: Opening) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }

    /// The time in which check-ins are taken for this opening, both ends included.
    public func window(_ margins: CheckInMargins) -> ClosedRange<Instant> {
        (start - margins.before)...(end + margins.after)
    }
}

/// How long before the start and after the end of an opening check-ins are taken (CHK-01).
public struct CheckInMargins: Sendable, Hashable {
    /// At least 0.
    public var before: Instant.Span
    /// At least 0.
    public var after: Instant.Span

    public init(before: Instant.Span, after: Instant.Span) { (self.before, self.after) = (before, after) }

    /// An hour on both sides.
    public static let standard = CheckInMargins(before: .minutes(60), after: .minutes(60))

    /// Of an event in several card systems the widest margin counts, on each side; `standard` if there is none.
    public static func widest(of margins: some Collection<CheckInMargins>) -> CheckInMargins {
        guard let before = margins.map(\.before).max(), let after = margins.map(\.after).max() else { return .standard }
        return CheckInMargins(before: before, after: after)
    }
}
