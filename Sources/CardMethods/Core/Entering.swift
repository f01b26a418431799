import CardRules
import Postgres

extension Call {
    /// Works in a card system in which the caller has no role, for what anybody may do there, such as registering
    /// himself. From here on the transaction sees it, and the audit trail names it.
    func enter(_ cardSystem: CardSystemID) throws {
        audit.cardSystem = cardSystem
        if scope.isOperator { return }
        _ = try transaction.query(
            """
            select set_config('ksbd.tenants',
                coalesce(nullif(current_setting('ksbd.tenants', true), '') || ',', '') || \(cardSystem.text), true)
            """)
    }
}
