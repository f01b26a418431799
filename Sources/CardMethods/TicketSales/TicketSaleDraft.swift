import CardRules
import JSONRPC
import Postgres

/// One call's tickets, decided in their order on a copy of what there is.
struct TicketSaleDraft {
    let order: TicketOrderID
    private(set) var rows: [TicketSaleRow] = []
    private(set) var reasons: [Reason] = []
    private(set) var stock: TicketStock
    private(set) var coupons: CouponSales
    /// What is told of the coupons.
    private(set) var warnings: [ToldCouponWarning] = []

    private let request: TicketSaleRequest
    private let account: AccountID?
    private let reading: TicketReading
    private let directory: Directory
    private let now: Instant
    /// Tickets that the call took of a tariff for a person and an event.
    private var taken: [Taken: Int] = [:]

    private struct Taken: Hashable {
        let subject: TicketSubject
        let event: EventID
        let tariff: TariffName
    }

    init(
        _ request: TicketSaleRequest, by caller: Caller, _ reading: TicketReading, _ directory: Directory,
        stock: TicketStock, coupons: CouponSales, at now: Instant
    ) {
        (self.request, account, self.reading, self.directory) = (request, caller.accountID, reading, directory)
        (self.stock, self.coupons, self.now) = (stock, coupons, now)
        order = ID(at: now)
    }

    /// Sells all items, or notes everything that is against each.
    mutating func sell() throws(RPCError) {
        for (index, item) in request.items.enumerated() { try sell(item, pointer: "/tickets/\(index)") }
    }

    private mutating func sell(_ item: TicketItemParams, pointer: String) throws(RPCError) {
        guard let whole = reading.events[item.event] else {
            return reasons.append(Reason(.eventNotFound, at: pointer + "/eventId"))
        }
        guard let event = request.seller.part(of: whole, directory) else { throw RPCError(.permissionMissing) }
        let cardPointer = pointer + item.card.pointer
        guard let row = reading.buyers[item.card.name] else {
            return reasons.append(Reason(.cardNotFound, at: cardPointer))
        }
        var against = EventRules.usability(event.event, at: now).map { $0.under(pointer + "/eventId") }
        against += TicketSaleRules.reasonsAgainstBuying(
            card: row.cardStatus, isPersonBlocked: row.isPersonBlocked,
            hasActiveMembership: row.buyer == nil || row.hasActiveMembership, pointer: cardPointer)
        if event.isFree { against.append(Reason(.eventFree, at: pointer + "/eventId")) }
        guard let price = event.price(item.price) else {
            return reasons += against + [Reason(.priceClassUnknown, at: pointer + "/priceClass")]
        }
        guard against.isEmpty, let buyer = row.buyer else { return reasons += against }
        let taking = Taken(subject: row.subject, event: item.event, tariff: item.tariff)
        taken[taking, default: 0] += item.quantity
        let tooMany = TicketSaleRules.reasonsAgainst(
            tickets: taken[taking]!, to: buyer, pointer: pointer + "/quantity")
        guard tooMany.isEmpty else { return reasons += tooMany }
        for _ in 0..<item.quantity {
            do throws(Refusal) {
                let offer = try self.offer(item, event, row, price.cents, pointer: pointer)
                if let expected = item.expected, expected != offer.price {
                    throw Refusal(
                        Reason(
                            .ticketSalePriceChanged, at: pointer + "/priceCents",
                            .init("priceCents", .number(offer.price))))
                }
                take(offer, item, event, row, price)
            } catch { return reasons += error.reasons }
        }
    }

    /// The tariff that is named, as it is now.
    private func offer(
        _ item: TicketItemParams, _ event: EventTariffFacts, _ row: TicketBuyerRow, _ regularPrice: Int, pointer: String
    ) throws(Refusal) -> TariffOffer {
        let facts = event.facts(of: stock.buyer(row)!, use: stock.use(row, item.line, reading)) {
            stock.use(row, item.line, of: $0, reading)
        }
        switch item.tariff {
        case .opportunity:
            let tariff = TariffRules.opportunity(facts, regularPrice: regularPrice, at: now)
            return try TariffRules.sell(tariff, at: now, pointer: pointer + "/tariffId").get()
        case .coupon(let number):
            return try coupons.sell(
                number, to: row, facts.buyer, at: event, regularPrice: regularPrice, pointer: pointer + "/tariffId")
        }
    }

    private mutating func take(
        _ offer: TariffOffer, _ item: TicketItemParams, _ event: EventTariffFacts, _ row: TicketBuyerRow,
        _ price: (cents: Int, name: LocalizedText?)
    ) {
        let system = event.cardSystems.first { $0.id == offer.cardSystem }!
        var (eventPlace, counterPlace, couponPlace): (TicketSaleRow.Place?, TicketSaleRow.Place?, TicketSaleRow.Place?)
        if offer.kind == .coupon {
            let taken = coupons.take(offer, by: row.subject, at: event, discount: price.cents - offer.price)
            couponPlace = taken?.place
            if let warning = taken?.warning { warnings.append(warning) }
        } else {
            if row.subject.holder != nil {
                eventPlace = event.ticketLimit.map {
                    place($0, stock.use(row, item.line, reading))
                }
                counterPlace = system.counter.ticketLimit.map {
                    place($0, stock.use(row, item.line, of: system.counter.id, reading))
                }
            }
            stock.take(row, item.line, from: system.counter.id, reading)
        }
        rows.append(
            TicketSaleRow(
                id: ID(at: now), order: order, event: event.event.id, seller: (request.seller.counter, account),
                organizer: system.counter.id, buyer: row, offer: offer, regularPrice: price.cents,
                label: item.label ?? price.name?[.nl], isOffList: !event.lists(regularPrice: price.cents),
                eventPlace: eventPlace, counterPlace: counterPlace, couponPlace: couponPlace, soldAt: now,
                reservedUntil: request.isReservation ? now + system.ticketHold : nil))
    }

    private func place(_ limit: PeriodLimit, _ use: TicketUse) -> TicketSaleRow.Place {
        TicketSaleRow.Place(
            periodStart: limit.period(containing: now).start, slot: use.nextSlot(per: limit.period))
    }
}

extension Reason {
    /// The same about a parameter within an item.
    fileprivate func under(_ pointer: String) -> Reason {
        var reason = self
        reason.pointer = pointer
        return reason
    }
}

extension EventTariffFacts {
    /// the regular price that is named, `nil` for a price class that the event lacks.
    fileprivate func price(_ asked: AskedPrice) -> (cents: Int, name: LocalizedText?)? {
        if case .success(let found) = prices([asked]) { found[0] } else { nil }
    }
}
