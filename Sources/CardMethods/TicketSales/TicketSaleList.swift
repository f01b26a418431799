import CardRules
import JSONRPC
import Postgres

/// Which ticket sales a list or a sum is about (S12).
struct TicketSaleFilter: Sendable {
    let cardSystem: CardSystemID?
    let event: EventID?
    let title: NamePattern?
    let counter: CounterID?
    let organizer: CounterID?
    let holder: PassHolderID?
    let groupPass: GroupPassID?
    let cardNumber: CardNumber?
    let type: TariffOffer.Kind?
    let tariff: TariffName?
    let status: TicketSaleStatus?
    let order: TicketOrderID?
    let isOffList: Bool?
    let from: Instant?
    let until: Instant?

    init(from reader: inout ParameterReader) {
        cardSystem = reader.optional("cardSystemId", "Tariffs and coupons of this card system.")
        event = reader.optional("eventId", "For this event.")
        title = reader.optional("title", "For events with this in their name (TS-12).")
        counter = reader.optional("counterId", "Sold by this counter.")
        organizer = reader.optional(
            "organizerCounterId", "For events that this counter organizes, or that are at one of its places (TS-12).")
        holder = reader.optional("passHolderId", "To this pass holder.")
        groupPass = reader.optional("groupPassId", "To this group.")
        cardNumber = reader.optional("cardNumber", "With this card, as it was used then.")
        type = reader.optional("type", "At this kind of tariff.")
        tariff = reader.optional("tariffId", "At this tariff.")
        status = reader.optional("status", "Those that are so now.")
        order = reader.optional("orderId", "Sold in this call.")
        isOffList = reader.optional("isOffList", "At a regular price that the event did not list, or not.")
        from = reader.optional("from", "Sold at this instant or later.")
        until = reader.optional("until", "Sold before this instant.")
        if let from, let until, from >= until { reader.refuse("until", "must be after from") }
    }

    /// On sales `t` and events `e`. R-196, TS-12: staff of a counter name whose sales they look for.
    func conditions(in call: Call) throws -> [SQL] {
        let names: [Any?] = [event, holder, groupPass, cardNumber, order]
        if !call.scope.atCounter.isEmpty, call.scope.administered.isEmpty, names.allSatisfy({ $0 == nil }) {
            throw InvalidParameters(problems: [
                Problem(pointer: "/eventId", reason: "is needed, or a pass holder, group, card or order")
            ])
        }
        let conditions: [SQL?] = [
            TicketSaleScope.condition(call), cardSystem.map { "t.card_system_id = \($0)" },
            event.map { "t.event_id = \($0)" }, title.map { "e.name_key like '%' || \($0.like) || '%'" },
            counter.map { "t.counter_id = \($0)" }, organizer.map(Self.organizes),
            holder.map { "t.holder_id = \($0)" }, groupPass.map { "t.group_pass_id = \($0)" },
            cardNumber.map { "t.card_number = \($0)" }, type.map { "t.tariff = \($0.rawValue)" },
            tariff.map(Self.condition), status.map { Self.condition($0, at: call.now) },
            order.map { "t.order_id = \($0)" }, isOffList.map { "t.is_off_list = \($0)" },
            from.map { "t.sold_at >= \($0)" }, until.map { "t.sold_at < \($0)" },
        ]
        return conditions.compactMap(\.self)
    }

    private static func organizes(_ counter: CounterID) -> SQL {
        """
        exists (select from counter w where w.id = \(counter)
            and (w.organizer_id = e.organizer_id or e.place_id = any (w.location_ids)))
        """
    }

    private static func condition(_ tariff: TariffName) -> SQL {
        switch tariff {
        case .opportunity: "t.tariff = 'opportunity'"
        case .coupon(let number): "t.coupon_id = (select q2.id from coupon q2 where q2.number = \(number))"
        }
    }

    /// A reservation whose time is over has lapsed, swept or not.
    private static func condition(_ status: TicketSaleStatus, at now: Instant) -> SQL {
        switch status {
        case .reserved: "t.status = 'reserved' and t.reserved_until > \(now)"
        case .lapsed: "(t.status = 'lapsed' or t.status = 'reserved' and t.reserved_until <= \(now))"
        case .confirmed, .cancelled: "t.status = \(status)"
        }
    }
}

enum TicketSaleList: Method {
    static let declaration = Declaration(
        "ticketSale.list", .reads, by: .staff(.ticketSaleRead),
        "Lists ticket sales, the newest first: a counter's own and those for its events, an administrator's all "
            + "(TS-12, TS-13, R-113, R-196, S12).",
        details: "Staff of a counter name an event, a pass holder, a group, a card or an order.")

    struct Params: Parameters {
        let filter: TicketSaleFilter
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            filter = TicketSaleFilter(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<TicketSaleRecord> {
        let sight = TicketSaleScope.sight(of: call.caller)
        let listing = Listing(
            columns: TicketSaleRecord.columns, tables: TicketSaleRecord.tables,
            conditions: try params.filter.conditions(in: call), id: "t.id", isDescending: true)
        return try call.asPlatform {
            try listing.page(params.page, call.transaction) {
                try TicketSaleRecord(row: $0, at: call.now, sight: sight)
            }
        }
    }
}
