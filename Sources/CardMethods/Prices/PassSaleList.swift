import CardRules
import JSONRPC
import Postgres

enum PassSaleList: Method {
    static let declaration = Declaration(
        "passSale.list", .reads, by: [.operator, .cardSystemAdministrator],
        "Lists the passes that were sold in a card system, free ones too, the newest first.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let filter: PassSaleFilter
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            filter = PassSaleFilter(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PassSaleRecord> {
        let listing = Listing(
            columns: """
                s.id, s.holder_id, s.card_id, s.counter_id, s.reason, s.price_cents, s.unreduced_cents, s.voucher_id,
                s.at, s.account_id, c.number as card_number
                """,
            tables: "pass_sale s left join card c on c.id = s.card_id",
            conditions: try params.filter.conditions(in: call), id: "s.id", isDescending: true)
        return try listing.page(params.page, call.transaction, PassSaleRecord.init)
    }
}

/// Which sales of passes a list or a sum is about.
struct PassSaleFilter: Sendable {
    let cardSystem: CardSystemID
    let counter: CounterID?
    let reason: PriceReason?
    let from: CivilDate?
    let until: CivilDate?

    init(from reader: inout ParameterReader) {
        cardSystem = reader.required("cardSystemId", "The card system.")
        counter = reader.optional("counterId", "Sold at this counter.")
        reason = reader.optional("reason", "Issued for this.")
        from = reader.optional("from", "Sold on this day or later.")
        until = reader.optional("until", "Sold on this day or earlier.")
        if let from, let until, from > until { reader.refuse("until", "must not lie before from") }
    }

    func conditions(in call: Call) throws -> [SQL] {
        try call.requireCardSystem(cardSystem)
        try call.require(call.scope.administers(cardSystem))
        let conditions: [SQL?] = [
            "s.card_system_id = \(cardSystem)", counter.map { "s.counter_id = \($0)" },
            reason.map { "s.reason = \($0)" }, from.map { "s.at >= \(Brussels.instant($0))" },
            until.map { "s.at < \(Brussels.end(of: $0))" },
        ]
        return conditions.compactMap(\.self)
    }
}

/// A pass that was sold.
struct PassSaleRecord: ResultRecord {
    let id: ID<PassQuote>
    let holder: PassHolderID
    let cardNumber: CardNumber?
    let counter: CounterID?
    let reason: PriceReason
    let price: Int
    let unreduced: Int?
    let voucher: PassVoucherID?
    let at: Instant
    let account: AccountID?

    static let fields: [ResultField<PassSaleRecord>] = [
        .init("id", "The sale.") { $0.id },
        .init("at", "When.") { $0.at },
        .init("passHolderId", "To whom.") { $0.holder },
        .init("cardNumber", "The card; absent if none was issued.") { $0.cardNumber },
        .init("reason", "What the card was issued for.") { $0.reason },
        .init("priceCents", "What was paid, in cents.") { $0.price },
        .init("unreducedCents", "What it would have cost without the voucher, in cents.") { $0.unreduced },
        .init("passVoucherId", "The voucher that was used.") { $0.voucher },
        .init("counterId", "Where it was sold.") { $0.counter },
        .init("accountId", "Who sold it.") { $0.account },
    ]

    init(row: Row) throws {
        id = try row["id"]
        holder = try row["holder_id"]
        cardNumber = try row["card_number"]
        counter = try row["counter_id"]
        reason = try row["reason"]
        price = try row["price_cents"]
        unreduced = try row["unreduced_cents"]
        voucher = try row["voucher_id"]
        at = try row["at"]
        account = try row["account_id"]
    }
}
