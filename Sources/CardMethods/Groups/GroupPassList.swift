import CardRules
import JSONRPC
import Postgres

enum GroupPassList: Method {
    static let declaration = Declaration(
        "groupPass.list", .reads, by: [.operator, .cardSystemAdministrator],
        "Lists the group passes of the caller's card systems by name.")

    struct Params: Parameters {
        let cardSystem: CardSystemID?
        let name: NamePattern?
        let status: GroupPassStatus?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.optional("cardSystemId", "Of this card system.")
            name = reader.optional("name", "The name, in which `*` stands for anything.")
            status = reader.optional("status", "Only those that can be used, or only those that have expired.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<GroupPassRecord> {
        let today = Brussels.date(call.now)
        let filters: [SQL?] = [
            call.serves(column: "g.card_system_id"), params.cardSystem.map { "g.card_system_id = \($0)" },
            params.name.map { "g.name_key like \($0.like)" },
            params.status.map { "(g.end_date is null or g.end_date >= \(today)) = \($0 == .active)" },
        ]
        let listing = Listing(
            columns: GroupPassRecord.columns(on: today), tables: GroupPassRecord.tables(),
            conditions: filters.compactMap(\.self), key: "g.name_key", id: "g.id")
        return try listing.page(params.page, call.transaction) { try GroupPassRecord(row: $0, today: today) }
    }
}
