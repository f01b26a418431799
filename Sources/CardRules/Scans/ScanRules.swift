/// Several actions with one card, in the order given.
public enum ScanRules {
    /// At most so many in one call.
    public static let maximumActions = 20

    /// All or nothing: what is against the whole is what is against each action that failed; `nil` if it is done. Where
    /// each stands for itself, nothing is.
    ///
    /// - Parameter failed: The reasons of those that failed, as they were decided in their order.
    public static func refusal(isAtomic: Bool, failed: [[Reason]]) -> Refusal? {
        isAtomic ? Refusal(failed.flatMap(\.self)) : nil
    }

    /// What a scan is to the counter itself: where its setting says so, a card that is scanned for an event is checked
    /// in, unless somebody says what to do with it.
    public static func checksIn(isAutomatic: Bool, hasEvent: Bool, actions: Int) -> Bool {
        isAutomatic && hasEvent && actions == 0
    }
}
