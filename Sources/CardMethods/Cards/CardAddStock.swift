import CardRules
import JSONRPC
import Postgres

enum CardAddStock: Method {
    static let declaration = Declaration(
        "card.addStock", .writes, by: .staff(.cardWrite),
        "Brings new cards of plastic into a card system: all of the call or none.",
        details: "At most 500 a call. Each card that cannot come in is named in the refusal (NUM-11).",
        refusals: [.cardSystemNotFound, .cardNumberTaken, .cardChipTaken])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let status: StockStatus
        let cards: [NewCardParams]

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose cards they will be.")
            status = reader.required("status", "Whether they are only ordered, or have come.")
            cards = reader.required("cards", "1 to 500 cards.")
            if cards.isEmpty { reader.refuse("cards", "must name at least one card") }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CardsCounted {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.serves(params.cardSystem))
        call.audit.cardSystem = params.cardSystem
        let cards = params.cards.map { NewCard(number: $0.number, chip: $0.chip) }
        let taken = try call.acrossCardSystems {
            try call.transaction.query(
                """
                select number, chip_number from card
                where number = any (\(cards.map(\.number))) or chip_number = any (\(cards.compactMap(\.chip)))
                """)
        }
        try StockRules.check(
            cards, existingNumbers: Set(try taken.map { try $0[0] }),
            existingChips: Set(try taken.compactMap { try $0[1] as ChipNumber? })
        ).refuse()
        let ids: [CardID] = cards.map { _ in call.newID() }
        call.audit.tell(ids, are: params.status.rawValue)
        try call.transaction.execute(
            """
            insert into card (id, card_system_id, number, chip_number, type, status, changed_at)
            select item.id, \(params.cardSystem), item.number, item.chip, \(CardType.nfcCard),
                \(params.status), \(call.now)
            from unnest(\(ids), \(cards.map(\.number)), \(cards.map(\.chip))) as item (id, number, chip)
            """)
        return CardsCounted(count: cards.count)
    }
}

/// Where the life of a card begins: see `CardStatus`.
enum StockStatus: String, WordParameter, PostgresValue {
    case provisioned, stock
}

/// A card as it is delivered.
struct NewCardParams: ObjectParameter {
    let number: CardNumber
    let chip: ChipNumber?

    init(from reader: inout ParameterReader) {
        number = reader.required("number", "The 13 digits on the card.")
        chip = reader.optional("chipNumber", "What its chip tells a reader, 14 hexadecimal digits.")
    }
}

/// How many cards a call was about.
struct CardsCounted: ResultRecord {
    let count: Int

    static let fields: [ResultField<CardsCounted>] = [.init("count", "How many cards.") { $0.count }]
}
