/// An amount that is kept for a posting that may come.
public struct Hold: Sendable, Hashable {
    public let id: HoldID
    public let posting: Posting
    /// From this instant on it keeps nothing.
    public let expiresAt: Instant
    /// `nil` while it runs.
    public internal(set) var end: HoldEnd?

    public init(id: HoldID, posting: Posting, expiresAt: Instant, end: HoldEnd? = nil) {
        (self.id, self.posting, self.expiresAt, self.end) = (id, posting, expiresAt, end)
    }
}

/// How a hold ended.
public enum HoldEnd: Sendable, Hashable {
    /// In full or with less; the rest is free again.
    case posted(amount: Int)
    case voided
    case expired
}
