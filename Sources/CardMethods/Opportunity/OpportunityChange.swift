import CardRules
import JSONRPC
import Postgres

/// What becomes of the opportunity status of a membership. Whoever changes a status writes one in the same transaction.
struct OpportunityChange {
    enum Kind: String, WordParameter, PostgresValue {
        case granted, extended, shortened, suspended, resumed
        /// Taken away: there is none any more.
        case ended
    }

    let kind: Kind
    let membership: MembershipID
    let cardSystem: CardSystemID
    var previousEndDate: CivilDate?
    /// The last entitled day from then on; `nil` once it ended.
    let endDate: CivilDate?
    /// The last suspended day from then on.
    var suspendedUntil: CivilDate?
    /// Why, for administrators only.
    var reason: String?
    /// Where it was done.
    let counter: CounterID?

    /// What writes it down. The membership must be there.
    func statements(in call: Call) -> [SQL] {
        let id: ID<OpportunityChange> = call.newID()
        let change: SQL = """
            insert into opportunity_change (id, card_system_id, membership_id, at, kind, previous_end_date, end_date,
                suspended_until, account_id, counter_id)
            values (\(id), \(cardSystem), \(membership), \(call.now), \(kind), \(previousEndDate), \(endDate),
                \(suspendedUntil), \(call.caller.accountID), \(counter))
            """
        guard let reason else { return [change] }
        return [
            change,
            """
            insert into opportunity_reason (change_id, card_system_id, reason)
            values (\(id), \(cardSystem), \(reason))
            """,
        ]
    }
}
