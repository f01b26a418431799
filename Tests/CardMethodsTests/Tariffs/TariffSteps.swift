import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// The steps that tests of tariffs are told in.
extension Scene {
    /// A distribution key's term: the holder pays 20 per cent, organizer and municipality share the rest.
    static let term: JSON = [
        "isAutomatic": false, "discount": ["kind": "percentPaid", "value": 20],
        "conditions": ["opportunity": "here"],
        "shares": [["payer": "organizer", "weight": 40], ["payer": "municipality", "weight": 40]],
    ]

    /// Makes a key of a card system, with what is different in its term.
    @discardableResult
    func key(
        _ name: String, in cardSystem: CardSystemID = SceneData.here, _ changes: JSON = [:]
    ) async throws -> JSON {
        let named: JSON = ["cardSystemId": .string(cardSystem.text), "name": .string(name)]
        return try await ok(
            peer(.operating), "distributionKey.create", Self.term.merged(with: named).merged(with: changes))
    }

    /// A ticket that was sold, as a row.
    func sell(
        _ event: EventID = SceneData.alwaysOpen, status: String = "confirmed", until end: Instant? = nil
    ) async throws {
        let isOver = status == "cancelled" || status == "lapsed"
        let (id, holder): (TicketSaleID, Holder) = (ID(at: now), .init(1))
        try await sql(
            """
            insert into coupon (id, card_system_id, name, discount_kind, discount_value, payers, payer_weights,
                is_for_everyone, valid_from, created_at)
            values (\(id), \(SceneData.here), 'C', 'amountOff', 100, '{organizer}', '{1}', true, '2030-01-01', \(now))
            """,
            """
            insert into ticket_sale (id, card_system_id, order_id, event_id, holder_id, card_id, card_number, tariff,
                coupon_id, regular_price_cents, price_cents, is_off_list, payers, payer_ids, payer_cents, status,
                sold_at, reserved_until, ended_at)
            values (\(id), \(SceneData.here), \(id), \(event), \(holder.id), \(holder.card), \(holder.number), 'coupon',
                \(id), 1000, 900, false, '{organizer}', \([SceneData.Place.library.counter]), '{100}', \(status),
                \(now), \(end), \(isOver ? now : nil))
            """)
    }
}
