import CardRules
import JSONRPC
import Postgres

enum OrganizerList: Method {
    static let declaration = Declaration(
        "organizer.list", .reads, by: [.everyone],
        "Lists organizers by name, of all card systems or of one (ORG-01).", refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let name: NamePattern?
        let cardSystem: CardSystemID?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            name = reader.optional("name", "Part of the name in any language; `*` stands for anything.")
            cardSystem = reader.optional("cardSystemId", "With a counter that works in this card system.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<OrganizerRecord> {
        var conditions: [SQL] = []
        if let name = params.name { conditions.append("o.name_key like '%' || \(name.like) || '%'") }
        if let cardSystem = params.cardSystem {
            if try call.transaction.first("select from card_system where id = \(cardSystem)") == nil {
                throw Refusal(.cardSystemNotFound, at: "/cardSystemId")
            }
            conditions.append(
                """
                exists (select from counter c join counter_card_system k on k.counter_id = c.id
                    where c.organizer_id = o.id and k.card_system_id = \(cardSystem))
                """)
        }
        let listing = Listing(
            columns: OrganizerRecord.columns, tables: "organizer o", conditions: conditions,
            key: "split_part(o.name_key, chr(10), 1)", id: "o.id")
        return try call.asPlatform {
            try listing.page(params.page, call.transaction) { try OrganizerRecord(row: $0) }
        }
    }
}
