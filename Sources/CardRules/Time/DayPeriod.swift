/// Days from one to another, both included; either may be open.
public struct DayPeriod: Sendable, Hashable {
    public let from: CivilDate?
    public let until: CivilDate?

    /// `nil` if it would end before it begins.
    public init?(from: CivilDate?, until: CivilDate?) {
        if let from, let until, from > until { return nil }
        (self.from, self.until) = (from, until)
    }

    private init() { (from, until) = (nil, nil) }

    /// Open on both sides.
    public static let always = DayPeriod()

    public func contains(_ day: CivilDate) -> Bool { (from ?? day) <= day && day <= (until ?? day) }
}
