import CardRules
import JSONRPC
import Postgres

enum HolderCards: Method {
    static let declaration = Declaration(
        "holder.cards", .reads, by: [.holder], "Lists the cards that the caller has or had, the newest first.")

    struct Params: Parameters {
        let page: PageRequest
        init(from reader: inout ParameterReader) { page = PageRequest(from: &reader) }
    }

    struct Item: ResultRecord {
        let cardSystem: CardSystemID
        let cardSystemName: String
        let card: CurrentCard
        let isCurrent: Bool
        let changedAt: Instant

        static let fields: [ResultField<Item>] = [
            .init("cardSystemId", "Whose card it is.") { $0.cardSystem },
            .init("cardSystemName", "What that is called.") { $0.cardSystemName },
            .init("card", "Its number and where it is in its life.") { $0.card },
            .init("isCurrent", "Whether it is the card of the membership there.") { $0.isCurrent },
            .init("changedAt", "When it got there.") { $0.changedAt },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Page<Item> {
        let listing = Listing(
            columns: """
                c.card_system_id, s.name, c.number, c.type, c.status, c.changed_at,
                exists (select from membership m where m.current_card_id = c.id and m.holder_id = c.holder_id)
                    as is_current
                """,
            tables: "card c join card_system s on s.id = c.card_system_id",
            conditions: ["c.holder_id = \(call.scope.holder)"], id: "c.id", isDescending: true)
        return try listing.page(params.page, call.transaction) { row in
            Item(
                cardSystem: try row["card_system_id"], cardSystemName: try row["name"],
                card: CurrentCard(number: try row["number"], type: try row["type"], status: try row["status"]),
                isCurrent: try row["is_current"], changedAt: try row["changed_at"])
        }
    }
}
