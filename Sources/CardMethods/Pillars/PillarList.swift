import CardRules
import JSONRPC
import Postgres

enum PillarList: Method {
    static let declaration = Declaration(
        "pillar.list", .reads, by: [.counterStaff, .cardSystemAdministrator, .operator],
        "Lists pillars by name: a counter's own, an administrator's all (KIO-09).",
        details: "Retired ones only if asked for. Each carries a warning days before its fixed event ends (KIO-10).")

    struct Params: Parameters {
        let cardSystem: CardSystemID?
        let counter: CounterID?
        let withRetired: Bool
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.optional("cardSystemId", "Of this card system only.")
            counter = reader.optional("counterId", "At this counter only.")
            withRetired = reader.optional("withRetired", default: false, "Whether retired ones are listed as well.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PillarRecord> {
        let administered = Array(call.scope.administered)
        var conditions: [SQL] = ["true"]
        if !call.scope.isOperator {
            conditions.append(
                """
                (p.card_system_id = any (\(administered)) or exists (select from pillar_counter k
                    where k.pillar_id = p.id and k.counter_id = \(call.caller.counter?.id)))
                """)
        }
        if let cardSystem = params.cardSystem { conditions.append("p.card_system_id = \(cardSystem)") }
        if let counter = params.counter {
            conditions.append(
                "exists (select from pillar_counter k where k.pillar_id = p.id and k.counter_id = \(counter))")
        }
        if !params.withRetired { conditions.append("p.status = 'active'") }
        let matching = SQL.joined(conditions, separator: " and ")
        let total: Int? =
            params.page.withTotal
            ? try call.transaction.query("select count(*) from pillar p where \(fragment: matching)")[0][0] : nil
        if let after = params.page.after { conditions.append("(p.name, p.id) > (\(after.key), \(after.id))") }
        let rows = try call.transaction.query(
            """
            \(fragment: PillarRecord.select) where \(fragment: SQL.joined(conditions, separator: " and "))
            order by p.name, p.id limit \(params.page.limit + 1)
            """)
        let pillars = try rows.map { try PillarRecord(row: $0).warned(call) }
        return params.page.page(pillars, total: total) { PageCursor(key: $0.name, id: $0.id) }
    }
}
