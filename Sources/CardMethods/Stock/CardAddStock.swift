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
        let batch: BatchParams?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose cards they will be.")
            status = reader.required("status", "Whether they are only ordered, or have come.")
            cards = reader.required("cards", "1 to 500 cards.")
            batch = BatchParams(from: &reader)
            if cards.isEmpty { reader.refuse("cards", "must name at least one card") }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CardsCounted {
        let delivery = CardDelivery(
            cardSystem: params.cardSystem, status: params.status,
            cards: params.cards.map { NewCard(number: $0.number, chip: $0.chip) }, batch: params.batch)
        try delivery.bring(in: call) { "/cards/\($0)" }
        return CardsCounted(count: params.cards.count)
    }
}

/// Where the life of a card begins: see `CardStatus`.
enum StockStatus: String, WordParameter, PostgresValue {
    case provisioned, stock

    /// How it gets there.
    var step: CardStep { self == .provisioned ? .order : .add }
}

/// The batch that new cards are of.
struct BatchParams: Sendable, Hashable {
    let name: String
    let supplier: String?

    init?(from reader: inout ParameterReader) {
        let name: String? = reader.optional("batch", "The name of their batch; one that is not known yet is made.")
        supplier = reader.optional("supplier", "Who makes them; noted with a batch that is made.")
        guard let name else {
            if supplier != nil { reader.refuse("supplier", "goes with a batch") }
            return nil
        }
        self.name = name
    }
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
