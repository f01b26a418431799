import CardRules
import JSONRPC

/// One or several tickets that are asked for, all alike.
struct TicketItemParams: ObjectParameter {
    let card: CardNameParams
    let event: EventID
    let tariff: TariffName
    private let terms: TicketTermsParams

    init(from reader: inout ParameterReader) {
        event = reader.required("eventId", "The event's cdbid.")
        tariff = reader.required("tariffId", TicketTermsParams.tariffText)
        terms = TicketTermsParams(from: &reader)
        terms.requirePrice(&reader)
        card = CardNameParams(from: &reader)
    }

    init(card: CardNameParams, event: EventID, tariff: TariffName, _ terms: TicketTermsParams) {
        (self.card, self.event, self.tariff, self.terms) = (card, event, tariff, terms)
    }

    var price: AskedPrice { terms.priceClass.map(AskedPrice.priceClass) ?? .cents(terms.cents ?? 1) }
    var expected: Int? { terms.expected }
    var label: String? { terms.label }
    var quantity: Int { terms.quantity ?? 1 }
}

/// What is said of tickets beside their tariff.
struct TicketTermsParams: Sendable {
    enum Quantity: IntegerRange { static let range = 1...TicketSaleRules.maximumTickets }

    static let tariffText = "`OPPORTUNITY`, or `COUPON_` and a number, as `tariff.compute` tells."

    let cents: Int?
    let priceClass: String?
    let expected: Int?
    let label: String?
    let quantity: Int?

    init(from reader: inout ParameterReader) {
        let cents: Bounded<TicketPrice>? = reader.optional(
            "regularPriceCents", "The regular price, in cents; or give `priceClass`.")
        self.cents = cents?.value
        priceClass = reader.optional("priceClass", "What the event calls the price, in any language.")
        let expected: Bounded<TicketPrice.OrFree>? = reader.optional(
            "priceCents", "What the holder was told that he pays; refused if that has changed (TS-08).")
        self.expected = expected?.value
        label = reader.optional("priceLabel", "Free text for the report (TS-14); the price class if absent.")
        if let label, label.utf8.count > 200 { reader.refuse("priceLabel", "has more than 200 bytes") }
        let quantity: Bounded<Quantity>? = reader.optional(
            "quantity", "How many of them; 1 if absent. A person takes one, a group several (TS-04).")
        self.quantity = quantity?.value
    }

    /// Either way of telling the regular price, once.
    func requirePrice(_ reader: inout ParameterReader) {
        if reader.problems.isEmpty, (cents == nil) == (priceClass == nil) {
            reader.refuse("regularPriceCents", "give either regularPriceCents or priceClass")
        }
    }

    /// The names of those that were given.
    var given: [String] {
        [
            cents.map { _ in "regularPriceCents" }, priceClass.map { _ in "priceClass" },
            expected.map { _ in "priceCents" }, label.map { _ in "priceLabel" }, quantity.map { _ in "quantity" },
        ].compactMap(\.self)
    }
}

extension TicketPrice {
    /// Cents of what a holder pays.
    enum OrFree: IntegerRange { static let range = 0...100_000_000 }
}

/// Tickets that are asked for together: all of them are sold, or none (TS-03).
struct TicketSaleParams: Parameters {
    let items: [TicketItemParams]

    init(from reader: inout ParameterReader) {
        items = reader.required(
            "tickets", "What is sold: at most 200 tickets, for one or several holders and events.")
        if items.isEmpty, reader.problems.isEmpty { reader.refuse("tickets", "must name at least one") }
        if items.reduce(0, { $0 + $1.quantity }) > TicketSaleRules.maximumTickets {
            reader.refuse("tickets", "are more than \(TicketSaleRules.maximumTickets)")
        }
    }
}

/// What `ticketSale.register` and `ticketSale.reserve` ask of a batch.
struct TicketSaleRequest: Sendable {
    let items: [TicketItemParams]
    /// Kept for a while, and not paid yet.
    let isReservation: Bool
    let seller: TicketSeller
    /// Whose buyers the caller sees.
    let sight: Scope
}

/// What was sold in one call.
struct TicketSaleReceipt: ResultRecord {
    let order: TicketOrderID
    let sales: [TicketSaleRecord]

    static let fields: [ResultField<TicketSaleReceipt>] = [
        .init("orderId", "What was sold together.") { $0.order },
        .init("sales", "One for each ticket, in the order asked.") { $0.sales },
        .init("totalCents", "What the holders pay together, in cents.") { $0.sales.reduce(0) { $0 + $1.price } },
    ]
}

extension TicketSaleWork {
    static func submit(
        _ params: TicketSaleParams, _ invocation: Invocation, isReservation: Bool,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        let call = BatchCall(
            selling: params.items, isReservation: isReservation, try BatchTicket(invocation, completion),
            invocation.scope)
        invocation.services.batches(of: Self.self).submit(call, from: invocation.peer)
    }
}

extension BatchCall<TicketSaleRequest> {
    init(selling items: [TicketItemParams], isReservation: Bool, _ ticket: BatchTicket, _ scope: Scope) {
        let seller = TicketSeller(scope, ticket.caller)
        let home: CardSystemID?
        if let counter = ticket.caller.counter, seller.counter != nil {
            home = scope.cardSystem(of: counter)
        } else {
            home = scope.administered.min()
        }
        self.init(
            ticket: ticket, cardSystem: home ?? .nil,
            request: TicketSaleRequest(
                items: items, isReservation: isReservation, seller: seller,
                sight: TicketSaleScope.sight(of: ticket.caller)))
    }
}
