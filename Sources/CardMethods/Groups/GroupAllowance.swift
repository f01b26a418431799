import CardRules
import JSONRPC
import Postgres

/// The tickets that a group may buy in a calendar year, kept like an account: entries that are never changed, and what
/// is left under a constraint. The pass must be held.
enum GroupAllowance {
    /// Why there is an entry.
    enum Reason: String, WordParameter, PostgresValue {
        /// The year begins with what the pass gives a year.
        case year
        case correction
        /// Tickets were bought, or a sale was cancelled.
        case sale
    }

    /// Fixes what a year begins with, if that has not been done.
    static func open(_ year: Int, of pass: GroupPassRecord, in call: Call) throws {
        try call.transaction.execute(
            """
            with opened as (
                insert into group_allowance (group_pass_id, card_system_id, year, remaining)
                values (\(pass.id), \(pass.cardSystem), \(year), \(pass.ticketsPerYear))
                on conflict do nothing returning group_pass_id, card_system_id, year, remaining)
            insert into group_allowance_entry (id, card_system_id, group_pass_id, year, change, reason, recorded_at)
            select \(call.newID() as ID<Never>), card_system_id, group_pass_id, year, remaining, \(Reason.year),
                \(call.now)
            from opened
            """)
    }

    /// Corrects what is left of a year that is open.
    static func correct(
        _ year: Int, of pass: GroupPassRecord, by change: Int, explanation: String, in call: Call
    ) throws {
        try call.transaction.run([
            """
            update group_allowance set remaining = remaining + \(change)
            where group_pass_id = \(pass.id) and year = \(year)
            """,
            """
            insert into group_allowance_entry (id, card_system_id, group_pass_id, year, change, reason, explanation,
                account_id, counter_id, recorded_at)
            values (\(call.newID() as ID<Never>), \(pass.cardSystem), \(pass.id), \(year), \(change),
                \(Reason.correction), \(explanation), \(call.caller.accountID), \(call.caller.counter?.id),
                \(call.now))
            """,
        ])
    }
}
