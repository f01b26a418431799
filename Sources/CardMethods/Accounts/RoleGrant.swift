import CardRules
import JSONRPC
import Postgres

enum RoleGrant: Method {
    static let declaration = Declaration(
        "role.grant", .writes, by: [.operator, .cardSystemAdministrator], "Gives an account a role.",
        details: "An operator grants every role, a card-system administrator those within his card system.",
        refusals: [.accountNotFound, .cardSystemNotFound, .municipalityNotFound, .roleAlreadyHeld])

    struct Params: Parameters {
        let email: EmailAddress
        let role: RoleParams

        init(from reader: inout ParameterReader) {
            email = reader.required("email", "What the account logs in with.")
            role = RoleParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> RoleRecord {
        let key = try RoleKey(params.role, in: call)
        guard let account = try call.account(email: params.email) else { throw Refusal(.accountNotFound, at: "/email") }
        call.audit.object(account)
        call.audit.told.append(("role", .string(key.role.rawValue)))
        let count = try call.transaction.execute(
            """
            insert into role_grant (account_id, role, card_system_id, municipality_id, granted_at, granted_by)
            values (\(account), \(key.role), \(key.cardSystem), \(key.municipality), \(call.realNow),
                \(call.caller.accountID))
            on conflict do nothing
            """)
        if count == 0 { throw Refusal(.roleAlreadyHeld, at: "/role") }
        let row = try call.transaction.query(
            """
            select \(fragment: RoleRecord.columns) from \(fragment: RoleRecord.tables)
            where \(fragment: key.condition(account))
            """)[0]
        return try RoleRecord(row: row)
    }
}
