import CardRules
import JSONRPC
import Postgres

enum PillarBalance: Method {
    static let declaration = Declaration(
        "pillar.balance", .reads, by: [.pillar],
        "Tells the points of a card; changes nothing (KIO-08).",
        refusals: [.cardNotFound, .cardBlocked, .cardNotActive])

    struct Params: Parameters {
        let card: CardNameParams
        init(from reader: inout ParameterReader) { card = CardNameParams(from: &reader) }
    }

    struct Result: ResultRecord {
        let cardNumber: String
        let totalPoints: Int

        static let fields: [ResultField<Result>] = [
            .init("cardNumber", "The card that was used.") { $0.cardNumber },
            .init("totalPoints", "The balance, in points.") { $0.totalPoints },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let row = try call.acrossCardSystems {
            try call.transaction.first(
                """
                select c.number, c.status, c.is_group_pass,
                    coalesce(sum(case a.kind when 'points.holder' then a.posted_credit - a.posted_debit - a.held_debit
                        else a.posted_credit - a.posted_debit end), 0)::bigint as points
                from card c left join ledger_account a on a.owner_id = c.holder_id and a.unit = 'point'
                where c.number = \(params.card.number?.text) or c.chip_number = \(params.card.chip?.text)
                group by c.id
                """)
        }
        guard let row else { throw Refusal(.cardNotFound, at: params.card.pointer) }
        let status = CardStatus(rawValue: try row["status"])!
        if let reason = status.reasonAgainstUse { throw Refusal(reason) }
        return Result(cardNumber: try row["number"], totalPoints: try row["points"])
    }
}
