import CardRules
import JSONRPC
import Postgres

/// The account with which a pass holder logs in.
enum HolderLogin {
    /// Links the caller's account to a person; refuses if either has another already (UID-01).
    static func link(to holder: PassHolderID, in call: Call) throws {
        guard let account = call.caller.accountID else { throw RPCError(.permissionMissing) }
        let rows = try call.transaction.query(
            "select account_id, holder_id from holder_login where account_id = \(account) or holder_id = \(holder)")
        try LoginRules.reasonsAgainstLink(
            ofAccountLinked: try rows.contains { try $0["account_id"] == account },
            toHolderRegistered: try rows.contains { try $0["holder_id"] == holder }
        ).refuse()
        try call.transaction.execute(
            """
            insert into holder_login (account_id, holder_id, linked_at) values (\(account), \(holder), \(call.realNow))
            """)
        try RegistrationToken.end(of: holder, in: call)
        call.audit.object(holder)
        try call.tellMemberships(of: holder)
    }

    /// Takes the login from a person; refuses if there is none.
    static func unlink(_ holder: PassHolderID, in call: Call) throws {
        let row = try call.transaction.first(
            "delete from holder_login where holder_id = \(holder) returning account_id")
        guard let row else { throw Refusal(.passHolderNoLogin) }
        try RegistrationToken.end(of: holder, in: call)
        call.audit.object(holder)
        call.audit.told.append(("accountId", .string((try row["account_id"] as AccountID).text)))
        try call.tellMemberships(of: holder)
    }
}
