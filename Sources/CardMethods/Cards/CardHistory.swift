import CardRules
import JSONRPC
import Postgres

enum CardHistory: Method {
    static let declaration = Declaration(
        "card.history", .reads, by: .staff(.cardRead),
        "Tells every step of a card's life, the last first: from the printer to the end.",
        details: "Of cards of own card systems: those handed over to the counter or in somebody's hands for its staff, "
            + "all for administrators.",
        refusals: [.cardNotFound])

    struct Params: Parameters {
        let number: CardNumber
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            number = reader.required("cardNumber", "The 13 digits on the card.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CardStepRecord> {
        let row = try call.transaction.first(
            """
            select c.id from card c where c.number = \(params.number)
                and (\(fragment: call.cardsInReach)
                    or c.holder_id is not null and \(fragment: call.serves(column: "c.card_system_id")))
            """)
        guard let card: CardID = try row?["id"] else { throw Refusal(.cardNotFound, at: "/cardNumber") }
        let listing = Listing(
            columns: "t.step, t.from_status, t.to_status, t.at, t.counter_id, t.account_id, t.reason",
            tables: "card_step t", conditions: ["t.card_id = \(card)"], key: "lpad(t.version::text, 10, '0')",
            id: "t.card_id", isDescending: true)
        return try listing.page(params.page, call.transaction, CardStepRecord.init)
    }
}

/// One step of a card's life, as it was written down.
struct CardStepRecord: ResultRecord {
    let step: CardStep
    let from: CardStatus?
    let to: CardStatus
    let at: Instant
    let counter: CounterID?
    let account: AccountID?
    let reason: String?

    static let fields: [ResultField<CardStepRecord>] = [
        .init("step", "What was done.") { $0.step },
        .init("from", "The status before; absent where the card's life begins.") { $0.from },
        .init("to", "The status since then.") { $0.to },
        .init("at", "When it was done.") { $0.at },
        .init("counterId", "The counter that gets the card, has it, gives it back, or acts.") { $0.counter },
        .init("accountId", "Who did it.") { $0.account },
        .init("reason", "What for: a word such as `firstCard` for a card that is issued, else what staff said.") {
            $0.reason
        },
    ]

    init(row: Row) throws {
        step = try row["step"]
        from = try row["from_status"]
        to = try row["to_status"]
        at = try row["at"]
        counter = try row["counter_id"]
        account = try row["account_id"]
        reason = try row["reason"]
    }
}
