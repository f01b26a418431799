import CardRules
import JSONRPC
import Postgres

enum CardList: Method {
    static let declaration = Declaration(
        "card.list", .reads, by: .staff(.cardRead),
        "Lists cards by number: those handed over to a counter for its staff, all for administrators.")

    struct Params: Parameters {
        let filter: CardFilter
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            filter = CardFilter(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CardRecord> {
        let listing = Listing(
            columns: CardRecord.columns, tables: "card c", conditions: [call.cardsInReach] + params.filter.conditions,
            key: "c.number", id: "c.id")
        return try listing.page(params.page, call.transaction, CardRecord.init)
    }
}

/// Which cards a list or a count is about.
struct CardFilter: Sendable {
    let cardSystem: CardSystemID?
    let counter: CounterID?
    let statuses: [CardStatus]?

    init(from reader: inout ParameterReader) {
        cardSystem = reader.optional("cardSystemId", "Of this card system.")
        counter = reader.optional("counterId", "Handed over to this counter.")
        statuses = reader.optional("statuses", "With one of these statuses.")
    }

    var conditions: [SQL] {
        [
            cardSystem.map { "c.card_system_id = \($0)" }, counter.map { "c.counter_id = \($0)" },
            statuses.map { "c.status = any (\($0))" },
        ].compactMap { $0 as SQL? }
    }
}
