import CardRules
import JSONRPC
import Postgres

enum AccountList: Method {
    static let declaration = Declaration(
        "account.list", .reads, by: [.operator], "Lists accounts by e-mail address.")

    struct Params: Parameters {
        let email: NamePattern?
        let isLocked: Bool?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            email = reader.optional("email", "The address, in which `*` stands for anything.")
            isLocked = reader.optional("isLocked", "Only those that are locked, or only the others.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<AccountRecord> {
        var list = Listing(columns: AccountRecord.columns, tables: "account a", key: "a.email_key", id: "a.id")
        if let email = params.email { list.conditions.append("a.email_key like \(email.like)") }
        if let isLocked = params.isLocked { list.conditions.append("(a.locked_at is not null) = \(isLocked)") }
        return try list.page(params.page, call.transaction, AccountRecord.init(row:))
    }
}
