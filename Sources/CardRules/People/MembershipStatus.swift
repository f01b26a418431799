/// Whether a membership can be used. A card system blocks its own membership only; a person with no other is blocked
/// everywhere.
public enum MembershipStatus: String, Sendable, CaseIterable {
    case active, blocked

    /// What is against a change to this status; `nil` if there is nothing.
    public func reasonAgainst(changeFrom old: MembershipStatus) -> Reason? {
        guard old == self else { return nil }
        return Reason(self == .blocked ? .passHolderBlocked : .passHolderNotBlocked, at: "/passHolderId")
    }
}
