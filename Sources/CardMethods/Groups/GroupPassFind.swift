import CardRules
import JSONRPC
import Postgres

enum GroupPassFind: Method {
    static let declaration = Declaration(
        "groupPass.find", .reads, by: .staff(.groupPassRead),
        "Finds the pass of a group by a card of it, in own card systems (GRP-01).",
        details: "A card that is blocked or was replaced is found too: look at its status (GRP-02).",
        refusals: [.groupPassNotFound])

    static func run(_ params: CardNameParams, in call: Call) throws -> GroupPassRecord {
        let today = Brussels.date(call.now)
        let row = try call.transaction.first(
            """
            select \(fragment: GroupPassRecord.columns(on: today))
            from \(fragment: GroupPassRecord.tables(card: params.condition))
            where \(fragment: call.serves(column: "g.card_system_id"))
            """)
        guard let row else { throw Refusal(.groupPassNotFound, at: params.pointer) }
        return try GroupPassRecord(row: row, today: today)
    }
}
