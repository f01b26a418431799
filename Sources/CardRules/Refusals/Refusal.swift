/// One failing condition of a refusal.
public struct Reason: Sendable, Hashable, Error {
    public var kind: RefusalKind
    /// The parameter it is about, as a JSON pointer into `params`; `nil` where it is about none.
    public var pointer: String?
    /// What else a client can use, such as the card's status or when a limit frees again. Never personal data.
    public var details: [Detail]

    public init(_ kind: RefusalKind, at pointer: String? = nil, _ details: Detail...) {
        (self.kind, self.pointer, self.details) = (kind, pointer, details)
    }

    /// A named fact of a reason.
    public struct Detail: Sendable, Hashable {
        public var name: String
        public var value: Value

        public enum Value: Sendable, Hashable {
            case text(String)
            case number(Int)
            case instant(Instant)
            /// Several things, each with its own facts.
            case list([[Detail]])
        }

        public init(_ name: String, _ value: Value) { (self.name, self.value) = (name, value) }
    }
}

/// The domain says no: all failing conditions at once, and nothing was changed.
public struct Refusal: Error, Sendable, Hashable {
    /// At least one, the one that names the refusal first.
    public let reasons: [Reason]

    public var kind: RefusalKind { reasons[0].kind }

    public init(_ reason: Reason) { reasons = [reason] }
    public init(_ kind: RefusalKind, at pointer: String? = nil) { self.init(Reason(kind, at: pointer)) }

    /// `nil` if there is no reason. Reasons are put in the order of their ranks, else as given.
    public init?(_ reasons: [Reason]) {
        if reasons.isEmpty { return nil }
        self.reasons = reasons.enumerated().sorted {
            ($0.element.kind.rank, $0.offset) < ($1.element.kind.rank, $1.offset)
        }.map(\.element)
    }
}

extension Array where Element == Reason {
    /// Refuses with all reasons collected, if there are any.
    public func refuse() throws(Refusal) {
        if let refusal = Refusal(self) { throw refusal }
    }
}
