import CardRules
import JSONRPC
import Postgres

enum AccountUnlock: Method {
    static let declaration = Declaration(
        "account.unlock", .writes, by: [.cardSystemAdministrator, .operator],
        "Lets an account log in again that too many wrong passwords have locked.",
        details: "An administrator unlocks the staff of the counters of his card system.",
        refusals: [.accountNotFound, .accountNotLocked])

    struct Params: Parameters {
        let account: AccountID
        init(from reader: inout ParameterReader) { account = reader.required("accountId", "The account.") }
    }

    static func run(_ params: Params, in call: Call) throws -> AccountRecord {
        let staff: SQL = """
            exists (select from counter_member m
                where m.account_id = a.id and m.card_system_id = any (\(Array(call.scope.administered))))
            """
        let row = try call.transaction.first(
            """
            select \(fragment: AccountRecord.columns) from account a
            where a.id = \(params.account) and \(fragment: call.scope.isOperator ? "true" : staff) for update of a
            """)
        guard let row else { throw Refusal(.accountNotFound, at: "/accountId") }
        if (try row["locked_at"] as Instant?) == nil { throw Refusal(.accountNotLocked, at: "/accountId") }
        let unlocked = try call.transaction.query(
            """
            update account a set locked_at = null, failed_logins = 0, last_failed_at = null
            where a.id = \(params.account)
            returning \(fragment: AccountRecord.columns)
            """)
        call.audit.object(params.account)
        return try AccountRecord(row: unlocked[0])
    }
}
