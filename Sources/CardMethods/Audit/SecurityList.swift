import CardRules
import JSONRPC
import Postgres

enum SecurityList: Method {
    static let declaration = Declaration(
        "security.list", .reads, by: [.operator],
        "Lists what somebody should look at who watches over the platform, newest first: wrong passwords, wrong tokens."
    )

    struct Params: Parameters {
        let kind: String?
        let account: AccountID?
        let source: String?
        let from: Instant?
        let until: Instant?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            kind = reader.optional("kind", "Of this kind only, such as `login.failed`.")
            account = reader.optional("accountId", "About this account only.")
            source = reader.optional("source", "From this address only.")
            from = reader.optional("from", "From this instant on; real time.")
            until = reader.optional("until", "Before this instant; real time.")
            page = PageRequest(from: &reader)
        }
    }

    struct Item: ResultRecord {
        let id: ID<Never>
        let at: Instant
        let kind: String
        let source: String?
        let account: AccountID?
        let pillar: PillarID?

        static let fields: [ResultField<Item>] = [
            .init("id", "The event.") { $0.id },
            .init("at", "When; real time.") { $0.at },
            .init("kind", "What happened.") { $0.kind },
            .init("source", "The address that it came from.") { $0.source },
            .init("accountId", "The account that it is about.") { $0.account },
            .init("pillarId", "The pillar that it is about.") { $0.pillar },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Page<Item> {
        let filters: [SQL?] = [
            params.kind.map { "kind = \($0)" }, params.account.map { "account_id = \($0)" },
            params.source.map { "source = \($0)" }, params.from.map { "at >= \($0)" },
            params.until.map { "at < \($0)" },
        ]
        let list = Listing(
            columns: "id, at, kind, source, account_id, pillar_id", tables: "security_event",
            conditions: filters.compactMap(\.self), id: "id", isDescending: true)
        return try list.page(params.page, call.transaction) { row in
            Item(
                id: try row["id"], at: try row["at"], kind: try row["kind"], source: try row["source"],
                account: try row["account_id"], pillar: try row["pillar_id"])
        }
    }
}
