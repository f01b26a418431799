import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

extension Scene {
    /// Makes a coupon of 6 euros, with what is different.
    @discardableResult
    func coupon(by person: SceneData.Person = .administrator, _ changes: JSON = [:]) async throws -> JSON {
        try await coupon(by: peer(person), changes, in: person.cardSystem)
    }

    @discardableResult
    func coupon(by peer: Peer, _ changes: JSON, in cardSystem: CardSystemID = SceneData.here) async throws -> JSON {
        try await ok(peer, "coupon.create", Self.coupon(in: cardSystem).merged(with: changes))
    }

    /// What makes one for those whom it names.
    static func coupon(in cardSystem: CardSystemID = SceneData.here) -> JSON {
        [
            "cardSystemId": .string(cardSystem.text), "name": "Young", "discount": ["kind": "amountOff", "value": 600],
            "shares": [["payer": "municipality", "weight": 1]],
        ]
    }

    /// Sells a ticket of 10 euros for 4, as a sale does it.
    @discardableResult
    func sell(
        _ coupon: CouponID, to holder: Holder? = nil, event: EventID = SceneData.alwaysOpen, at instant: Instant? = nil,
        reservedUntil: Instant? = nil, slot: Int? = nil
    ) async throws -> TicketSaleID {
        let (id, sold) = (TicketSaleID(at: now), instant ?? now)
        let status = reservedUntil == nil ? "confirmed" : "reserved"
        let sale = CouponSale(coupon: coupon, event: event, cents: 600, soldAt: sold)
        try await owner.transaction { transaction in
            _ = try transaction.run([
                """
                insert into ticket_sale (id, card_system_id, order_id, event_id, holder_id, group_pass_id, card_id,
                    card_number, tariff, coupon_id, regular_price_cents, price_cents, is_off_list, payers, payer_ids,
                    payer_cents, status, coupon_period_start, coupon_slot, sold_at, reserved_until)
                select \(id), c.card_system_id, \(id), \(event), \(holder?.id),
                    \(holder == nil ? SceneData.group : nil), \(id), '0', 'coupon', c.id, 1000, 400, false,
                    '{cardSystem}', array[c.card_system_id], '{600}', \(status),
                    case when \(slot)::integer is not null then period_start(c.holder_limit_period, \(sold)) end,
                    \(slot), \(sold), \(reservedUntil)
                from coupon c where c.id = \(coupon)
                """,
                CouponSpending.raise([sale]),
            ])
        }
        return id
    }

    /// Cancels a sale, as that does it.
    func cancel(_ sale: TicketSaleID) async throws {
        try await owner.transaction { [now] transaction in
            _ = try transaction.run([
                CouponSpending.lock(ofSales: [sale]),
                """
                update ticket_sale set status = 'cancelled', ended_at = \(now), coupon_slot = null where id = \(sale)
                """, CouponSpending.lower([sale]),
            ])
        }
    }

    /// A coupon for somebody at an event, as sales read it.
    func facts(
        _ coupon: JSON, of card: String, at event: EventID = SceneData.alwaysOpen, _ instant: Instant? = nil
    ) async throws -> CouponFacts? {
        let number = Int(coupon["tariffId"]!.string!.dropFirst(7))!
        let subject =
            card == SceneData.groupCard
            ? CouponSubject(group: SceneData.group)
            : CouponSubject(holder: (1...Holder.count).map(Holder.init).first { $0.number == card }?.id)
        let reading = CouponReading(
            cards: [.number(CardNumber(text: card)!)], events: [event], numbers: [number], at: instant ?? now)
        return try await owner.transaction { transaction in
            try reading.read(transaction.run(reading.statements)[...])
                .coupon(number, for: subject, at: event, in: [SceneData.here])
        }
    }

    /// Whose municipality it is, and its administrator.
    func mayor(of name: String, _ postalCode: String) async throws -> (peer: Peer, municipality: JSON) {
        let made = try await ok(
            peer(.administrator), "municipality.add",
            ["cardSystemId": .string(SceneData.here.text), "name": .string(name), "postalCodes": [.string(postalCode)]])
        let account = try await account("\(name)@example.org")
        try await grant(account, "municipalityAdministrator", SceneData.here, MunicipalityID(text: made.id.string!)!)
        return (try await session(account), made.id)
    }
}

extension JSON {
    /// Of a coupon.
    func couponID() -> CouponID { CouponID(text: self["id"]!.string!)! }
}
