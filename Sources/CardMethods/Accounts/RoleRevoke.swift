import CardRules
import JSONRPC
import Postgres

enum RoleRevoke: Method {
    static let declaration = Declaration(
        "role.revoke", .writes, by: [.operator, .cardSystemAdministrator],
        "Takes a role from an account, and ends its sessions.",
        details: "The last operator stays one, so that somebody can still appoint others.",
        refusals: [.cardSystemNotFound, .municipalityNotFound, .roleNotFound, .roleLastOperator])

    struct Params: Parameters {
        let account: AccountID
        let role: RoleParams

        init(from reader: inout ParameterReader) {
            account = reader.required("accountId", "Whose role it is.")
            role = RoleParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Done {
        let key = try RoleKey(params.role, in: call)
        call.audit.object(params.account)
        call.audit.told.append(("role", .string(key.role.rawValue)))
        if params.role.role == .operator { try keepOne(but: params.account, call) }
        let count = try call.transaction.execute(
            "delete from role_grant r where \(fragment: key.condition(params.account))")
        if count == 0 { throw Refusal(.roleNotFound) }
        try Sessions.end(of: params.account, in: call.transaction, at: call.realNow)
        return Done()
    }

    /// Holds all operators, so that two of them cannot take the role from each other at once.
    private static func keepOne(but account: AccountID, _ call: Call) throws {
        let operators: [AccountID] = try call.transaction.query(
            "select account_id from role_grant where role = 'operator' order by account_id for update"
        ).map { try $0[0] }
        if operators == [account] { throw Refusal(.roleLastOperator, at: "/accountId") }
    }
}
