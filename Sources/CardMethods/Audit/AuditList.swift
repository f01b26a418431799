import CardRules
import JSONRPC
import Postgres

enum AuditList: Method {
    static let declaration = Declaration(
        "audit.list", .reads, by: [.operator, .cardSystemAdministrator],
        "Lists who did what in a card system, newest first. Holds ids and names of fields, never personal values.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID?
        let method: String?
        let outcome: String?
        let actor: ID<Never>?
        let object: ID<Never>?
        let from: Instant?
        let until: Instant?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.optional(
                "cardSystemId", "The card system; absent for what concerns none, which the operator may see.")
            method = reader.optional("method", "Calls of this method only.")
            outcome = reader.optional("outcome", "`done`, or the kind of a refusal.")
            actor = reader.optional("actorId", "By this account or pillar only.")
            object = reader.optional("objectId", "About this only.")
            from = reader.optional("from", "From this instant on.")
            until = reader.optional("until", "Before this instant.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<AuditRecord> {
        if let cardSystem = params.cardSystem {
            try call.requireAdministered(cardSystem)
        } else {
            try call.require(call.scope.isOperator)
        }
        let filters: [SQL?] = [
            params.method.map { "method = \($0)" }, params.outcome.map { "outcome = \($0)" },
            params.actor.map { "actor_id = \($0)" }, params.object.map { "object_id = \($0)" },
            params.from.map { "at >= \($0)" }, params.until.map { "at < \($0)" },
        ]
        let list = Listing(
            columns: AuditRecord.columns, tables: "audit",
            conditions: ["card_system_id = \(params.cardSystem ?? .nil)"] + filters.compactMap(\.self),
            // The number of a row as an id: that is what a list is continued by.
            id: "lpad(to_hex(sequence), 32, '0')::uuid", isDescending: true)
        return try list.page(params.page, call.transaction, AuditRecord.init(row:))
    }
}
