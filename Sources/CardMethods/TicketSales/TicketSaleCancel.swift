import CardRules
import JSONRPC
import Postgres

enum TicketSaleCancel: Method {
    static let declaration = Declaration(
        "ticketSale.cancel", .writes, by: .staff(.ticketSaleRegister),
        "Takes sales or reservations back, all that are named or none: everything they took is free again (TS-09 to "
            + "TS-11, R-108, R-109).",
        details: """
            Name sales by their ids, or one by a card and the event: the ticket that its holder or group has. A \
            counter needs no reason, until the settlement period of the sale has ended. An administrator always \
            gives one, and can do it later too.
            """,
        refusals: [
            .ticketSaleNotFound, .ticketSaleSeveralFit, .ticketSaleReasonNeeded, .ticketSalePeriodClosed,
        ])

    struct Params: Parameters {
        let sales: CancelledTicketSales
        let reason: String?

        init(from reader: inout ParameterReader) {
            sales = CancelledTicketSales(from: &reader)
            reason = reader.optional("reason", "Why; an administrator must say.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> ChangedTicketSales {
        try call.asPlatform {
            let ids = try params.sales.find(in: call)
            let locked = try LockedTicketSales(ids, pointer: params.sales.pointer, in: call)
            call.audit.sales(ids, ["status", "endedAt"])
            if let reason = params.reason { call.audit.facts.append(("reason", reason)) }
            try locked.sales.enumerated().flatMap { index, sale in
                TicketSaleRules.reasonsAgainstCancelling(
                    sale.facts, byAdministrator: call.scope.administers(sale.record.cardSystem),
                    because: params.reason, at: call.now, pointer: params.sales.pointer(index))
            }.refuse()
            for sale in locked.sales {
                try TicketSettlement.takeBack(sale, because: declaration.name, in: call)
            }
            let actor = (account: call.caller.accountID, counter: call.caller.counter?.id)
            let endings = locked.sales.map(\.ending)
            try call.transaction.run(
                TicketSaleEnd.cancel(endings, by: actor, because: params.reason, at: call.now))
            return ChangedTicketSales(sales: try LockedTicketSales.records(ids, in: call))
        }
    }
}

/// The sales that are taken back: by their ids, or the one that somebody has for an event.
struct CancelledTicketSales: Parameters {
    private let named: NamedTicketSales?
    private let ticket: (card: CardName, event: EventID)?

    init(from reader: inout ParameterReader) {
        let ids: [TicketSaleID]? = reader.optional(
            "ticketSaleIds", "The sales, at most 200; all of them or none. Or give a card and `eventId`.")
        let number: CardNumber? = reader.optional("cardNumber", "The 13 digits on a card of who bought.")
        let chip: ChipNumber? = reader.optional("chipNumber", "Or what the reader read from its chip.")
        let event: EventID? = reader.optional("eventId", "The event that the one ticket is for, with a card (R-108).")
        named = ids.map { NamedTicketSales($0, checkedBy: &reader) }
        let cards = [number.map(CardName.number), chip.map(CardName.chip)].compactMap(\.self)
        ticket = if let event, cards.count == 1 { (cards[0], event) } else { nil }
        let isTicket = event != nil || !cards.isEmpty
        if reader.problems.isEmpty, isTicket == (ids != nil) || isTicket && ticket == nil {
            reader.refuse("ticketSaleIds", "give either ticketSaleIds, or eventId with cardNumber or chipNumber")
        }
    }

    func pointer(_ index: Int) -> String { ticket?.card.pointer ?? NamedTicketSales.pointer(index) }

    /// a card and an event name the sale that stands. Which of several is meant, nobody guesses. The transaction
    /// must work as the platform.
    func find(in call: Call) throws -> [TicketSaleID] {
        guard let (card, event) = ticket else { return named?.ids ?? [] }
        let rows = try call.transaction.query(
            """
            select t.id from card c join ticket_sale t
                on t.holder_id = c.holder_id or t.group_pass_id = c.group_pass_id
            where \(fragment: card.condition) and t.event_id = \(event)
                and (t.status = 'confirmed' or t.status = 'reserved' and t.reserved_until > \(call.now))
                and \(fragment: TicketSaleScope.condition(call))
            order by t.id limit \(TicketSaleRules.maximumTickets)
            """)
        let ids: [TicketSaleID] = try rows.map { try $0[0] }
        if ids.isEmpty { throw Refusal(.ticketSaleNotFound, at: card.pointer) }
        if ids.count > 1 {
            throw Refusal(
                Reason(
                    .ticketSaleSeveralFit, at: card.pointer,
                    .init("ticketSales", .list(ids.map { [.init("ticketSaleId", .text($0.text))] }))))
        }
        return ids
    }
}
