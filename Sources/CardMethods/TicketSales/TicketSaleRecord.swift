import CardRules
import JSONRPC
import Postgres

extension TicketSaleStatus: WordParameter, PostgresValue {}

/// A ticket sale as staff see it.
struct TicketSaleRecord: ResultRecord {
    let id: TicketSaleID
    let order: TicketOrderID
    let status: TicketSaleStatus
    let cardSystem: CardSystemID
    let event: EventID
    let eventName: LocalizedText
    /// Only for who may search pass holders (TS-13).
    var holder: PassHolderID?
    let groupPass: GroupPassID?
    let cardNumber: String
    let tariff: TariffName
    let tariffName: String
    let regularPrice: Int
    let price: Int
    let label: String?
    let isOffList: Bool
    let parts: [PayerPart]
    let counter: CounterID?
    let organizer: CounterID?
    let soldAt: Instant
    let reservedUntil: Instant?
    let confirmedAt: Instant?
    let endedAt: Instant?
    let endReason: String?
    let version: Int

    static let fields: [ResultField<TicketSaleRecord>] = [
        .init("id", "The sale.") { $0.id },
        .init("orderId", "What was sold in one call.") { $0.order },
        .init("status", "`lapsed` once a reservation was not confirmed in time.") { $0.status },
        .init("cardSystemId", "Whose tariff or coupon it is.") { $0.cardSystem },
        .init("eventId", "The event's cdbid.") { $0.event },
        .init("eventName", "What it is called.") { $0.eventName },
        .init("passHolderId", "Who bought; only for who may search pass holders (TS-13).") { $0.holder },
        .init("groupPassId", "The group that bought.") { $0.groupPass },
        .init("cardNumber", "The card as it was used then.") { $0.cardNumber },
        .init("tariffId", "`OPPORTUNITY`, or `COUPON_` and a number.") { $0.tariff },
        .init("tariffName", "What that is called.") { $0.tariffName },
        .init("regularPriceCents", "The regular price, in cents.") { $0.regularPrice },
        .init("priceCents", "What the holder pays, in cents.") { $0.price },
        .init("priceLabel", "What the report calls the price (TS-14).") { $0.label },
        .init("isOffList", "The event listed no such price.") { $0.isOffList },
        .init("shares", "Who pays the rest; they add up to the cent.") { $0.parts },
        .init("counterId", "The counter that sold; absent if an administrator did.") { $0.counter },
        .init("organizerCounterId", "The counter that organizes the event there.") { $0.organizer },
        .init("soldAt", "When it was sold or reserved.") { $0.soldAt },
        .init("reservedUntil", "When a reservation lapses; absent for what was never one.") { $0.reservedUntil },
        .init("confirmedAt", "When it was confirmed.") { $0.confirmedAt },
        .init("endedAt", "When it was cancelled or lapsed.") { $0.endedAt },
        .init("endReason", "Why it was cancelled.") { $0.endReason },
        .init("version", "How often it was changed.") { $0.version },
    ]

    /// Over `t`, with the event `e`, the key `k` and the coupon `q`.
    static let columns: SQL = """
        t.id, t.order_id, t.status, t.card_system_id, t.event_id, e.name as event_name, t.holder_id, t.group_pass_id,
        t.card_number, t.tariff, q.number as coupon_number, coalesce(q.name, k.name) as tariff_name,
        t.regular_price_cents, t.price_cents, t.price_label, t.is_off_list, t.payers,
        array_to_string(t.payer_ids, ',', '') as payer_ids, t.payer_cents, t.counter_id, t.organizer_counter_id,
        t.sold_at, t.reserved_until, t.confirmed_at, t.ended_at, t.end_reason, t.version
        """

    static let tables: SQL = """
        ticket_sale t join event e on e.id = t.event_id
        left join distribution_key_term m on m.id = t.distribution_key_term_id
        left join distribution_key k on k.id = m.distribution_key_id left join coupon q on q.id = t.coupon_id
        """

    /// - Parameter sight: Whose buyers the caller sees (TS-13); `nil` for his own.
    init(row: Row, at now: Instant, sight: Scope?) throws {
        id = try row["id"]
        order = try row["order_id"]
        cardSystem = try row["card_system_id"]
        event = try row["event_id"]
        eventName = try LocalizedText(stored: try row["event_name"])
        holder = sight?.serves(cardSystem) == false ? nil : try row["holder_id"]
        groupPass = try row["group_pass_id"]
        cardNumber = try row["card_number"]
        tariff = try (row["coupon_number"] as Int?).map(TariffName.coupon) ?? .opportunity
        tariffName = try row["tariff_name"]
        regularPrice = try row["regular_price_cents"]
        price = try row["price_cents"]
        label = try row["price_label"]
        isOffList = try row["is_off_list"]
        parts = try Self.parts(row)
        counter = try row["counter_id"]
        organizer = try row["organizer_counter_id"]
        soldAt = try row["sold_at"]
        reservedUntil = try row["reserved_until"]
        confirmedAt = try row["confirmed_at"]
        let stored: TicketSaleStatus = try row["status"]
        status = stored == .reserved && reservedUntil.map { $0 <= now } == true ? .lapsed : stored
        endedAt = try row["ended_at"] ?? (status == .lapsed ? reservedUntil : nil)
        endReason = try row["end_reason"]
        version = try row["version"]
    }

    /// Who pays what, of three lists; the second is joined by commas, for it may name nobody.
    static func parts(_ row: Row) throws -> [PayerPart] {
        let (payers, ids, cents): ([Payer], String, [Int]) = (
            try row["payers"], try row["payer_ids"], try row["payer_cents"]
        )
        let whom = ids.split(separator: ",", omittingEmptySubsequences: false).map { ID<Never>(text: String($0)) }
        return zip(payers, zip(whom, cents)).map { PayerPart($0, whom: $1.0, cents: $1.1) }
    }

    /// What was just written.
    init(_ row: TicketSaleRow, eventName: LocalizedText, sight: Scope) {
        (id, order, event, self.eventName) = (row.id, row.order, row.event, eventName)
        status = row.reservedUntil == nil ? .confirmed : .reserved
        cardSystem = row.offer.cardSystem
        (holder, groupPass) = (sight.serves(cardSystem) ? row.buyer.subject.holder : nil, row.buyer.subject.group)
        (cardNumber, tariff, tariffName) = (row.buyer.cardNumber, row.offer.tariff, row.offer.name)
        (regularPrice, price, label) = (row.regularPrice, row.offer.price, row.label)
        (isOffList, parts, counter, organizer) = (row.isOffList, row.offer.parts, row.seller.counter, row.organizer)
        (soldAt, reservedUntil) = (row.soldAt, row.reservedUntil)
        confirmedAt = row.reservedUntil == nil ? row.soldAt : nil
        (endedAt, endReason, version) = (nil, nil, 1)
    }
}

/// Which ticket sales a caller may see and change.
enum TicketSaleScope {
    /// All of the card systems that the caller administers; of a counter those that it made, and those for events that
    /// it organizes, where it may do this (TS-09).
    static func condition(_ call: Call) -> SQL {
        if call.scope.isOperator { return "true" }
        let administered = call.scope.administered.sorted()
        guard let counter = call.caller.counter?.id, !call.scope.atCounter.isEmpty else {
            return "t.card_system_id = any (\(administered))"
        }
        return """
            (t.card_system_id = any (\(administered)) or t.card_system_id = any (\(call.scope.atCounter.sorted())) and (
                t.counter_id = \(counter)
                or exists (select from counter own join event oe on oe.organizer_id = own.organizer_id
                    where own.id = \(counter) and oe.id = t.event_id)))
            """
    }

    /// TS-13: who may search pass holders in a card system sees who bought there.
    static func sight(of caller: Caller) -> Scope { Access.staff(.passHolderRead).scope(of: caller) ?? Scope() }
}
