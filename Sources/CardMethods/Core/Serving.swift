import CardRules
import Postgres

extension Scope {
    /// Whether it reaches a card system: the caller stands over it, or his chosen counter may do this there.
    func serves(_ cardSystem: CardSystemID) -> Bool {
        administers(cardSystem) || atCounter.contains(cardSystem)
    }
}

extension Call {
    /// Whether the caller may do in a card system what the method does: standing over it, or at the chosen counter.
    func serves(_ cardSystem: CardSystemID) -> Bool { scope.serves(cardSystem) }

    /// The same as a condition on a column that holds card systems. The caller's home is visible even where he may not
    /// do this, so visibility alone is not enough.
    func serves(column: SQL) -> SQL {
        if scope.isOperator { return "true" }
        return "\(fragment: column) = any (\(scope.administered.union(scope.atCounter).sorted()))"
    }
}
