/// What one counter may do, per card system.
public struct CounterRights: Sendable, Hashable {
    private let byCardSystem: [CardSystemID: Set<Permission>]

    /// PER-07: the permissions of a counter's groups add up within a card system, and never across card systems.
    public init(groups: [(cardSystem: CardSystemID, permissions: Set<Permission>)]) {
        byCardSystem = Dictionary(groups.map { ($0.cardSystem, $0.permissions) }) { $0.union($1) }
    }

    /// Nothing where the counter is in no group.
    public func permissions(in cardSystem: CardSystemID) -> Set<Permission> { byCardSystem[cardSystem] ?? [] }

    /// Where the counter may do something.
    public func cardSystems(with permission: Permission) -> Set<CardSystemID> {
        Set(byCardSystem.filter { $0.value.contains(permission) }.keys)
    }
}
