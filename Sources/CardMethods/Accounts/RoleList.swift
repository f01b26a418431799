import CardRules
import JSONRPC
import Postgres

enum RoleList: Method {
    static let declaration = Declaration(
        "role.list", .reads, by: [.operator, .cardSystemAdministrator],
        "Lists who holds which role, by e-mail address: an administrator those in his card systems.")

    struct Params: Parameters {
        let account: AccountID?
        let cardSystem: CardSystemID?
        let role: GrantableRole?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            account = reader.optional("accountId", "Of this account only.")
            cardSystem = reader.optional("cardSystemId", "In this card system only.")
            role = reader.optional("role", "This role only.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<RoleRecord> {
        var list = Listing(
            columns: RoleRecord.columns, tables: RoleRecord.tables,
            key: "a.email_key || ' ' || r.role || ' ' || r.card_system_id || ' ' || r.municipality_id",
            id: "r.account_id")
        if !call.scope.isOperator {
            list.conditions.append("r.card_system_id = any (\(Array(call.scope.administered)))")
        }
        if let account = params.account { list.conditions.append("r.account_id = \(account)") }
        if let cardSystem = params.cardSystem { list.conditions.append("r.card_system_id = \(cardSystem)") }
        if let role = params.role { list.conditions.append("r.role = \(role)") }
        return try list.page(params.page, call.transaction, RoleRecord.init(row:))
    }
}
