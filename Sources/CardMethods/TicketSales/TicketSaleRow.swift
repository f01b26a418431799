import CardRules
import Postgres

public enum TicketOrderKind {}
/// What was sold in one call.
typealias TicketOrderID = ID<TicketOrderKind>

/// A ticket sale as it is written.
struct TicketSaleRow: Sendable {
    /// The place that it takes in a limit, which only one can have; `nil` where there is no limit.
    struct Place: Sendable, Hashable {
        let periodStart: CivilDate
        let slot: Int
    }

    let id: TicketSaleID
    let order: TicketOrderID
    let event: EventID
    let seller: (counter: CounterID?, account: AccountID?)
    let organizer: CounterID
    let buyer: TicketBuyerRow
    let offer: TariffOffer
    let regularPrice: Int
    let label: String?
    let isOffList: Bool
    let eventPlace: Place?
    let counterPlace: Place?
    let couponPlace: Place?
    let soldAt: Instant
    /// `nil` for what is confirmed at once.
    let reservedUntil: Instant?

    var term: DistributionKeyTermID? { if case .opportunity(let term) = offer.source { term } else { nil } }
    var coupon: CouponID? { if case .coupon(let coupon, _) = offer.source { coupon } else { nil } }
    var settled: SettledSale {
        SettledSale(id: id, cardSystem: offer.cardSystem, organizer: organizer, parts: offer.parts)
    }

    /// Writes sales. Lists within a row travel as text, for an array of arrays cannot be ragged.
    static func insert(_ rows: [TicketSaleRow]) -> SQL {
        let status = rows.map { $0.reservedUntil == nil ? TicketSaleStatus.confirmed : .reserved }
        return """
            insert into ticket_sale (id, order_id, card_system_id, event_id, counter_id, account_id,
                organizer_counter_id, holder_id, group_pass_id, card_id, card_number, tariff, distribution_key_term_id,
                coupon_id, regular_price_cents, price_cents, price_label, is_off_list, event_period_start, event_slot,
                counter_period_start, counter_slot, coupon_period_start, coupon_slot, sold_at, reserved_until,
                confirmed_at, settlement_id, status, payers, payer_ids, payer_cents)
            select item.id, item.order_id, item.card_system_id, item.event_id, item.counter_id, item.account_id,
                item.organizer_id, item.holder_id, item.group_id, item.card_id, item.card_number, item.tariff,
                item.term_id, item.coupon_id, item.regular, item.price, item.label, item.is_off_list,
                item.event_period, item.event_slot, item.counter_period, item.counter_slot, item.coupon_period,
                item.coupon_slot, item.sold_at, item.reserved_until, item.confirmed_at, item.settlement_id, item.status,
                string_to_array(item.payers, ','), string_to_array(item.payer_ids, ',', '-')::uuid[],
                string_to_array(item.payer_cents, ',')::integer[]
            from unnest(\(rows.map(\.id)), \(rows.map(\.order)), \(rows.map(\.offer.cardSystem)), \(rows.map(\.event)),
                \(rows.map(\.seller.counter)), \(rows.map(\.seller.account)), \(rows.map(\.organizer)),
                \(rows.map(\.buyer.subject.holder)), \(rows.map(\.buyer.subject.group)), \(rows.map(\.buyer.card)),
                \(rows.map(\.buyer.cardNumber)), \(rows.map(\.offer.kind.rawValue)), \(rows.map(\.term)),
                \(rows.map(\.coupon)), \(rows.map(\.regularPrice)), \(rows.map(\.offer.price)), \(rows.map(\.label)),
                \(rows.map(\.isOffList)), \(rows.map(\.eventPlace?.periodStart)), \(rows.map(\.eventPlace?.slot)),
                \(rows.map(\.counterPlace?.periodStart)), \(rows.map(\.counterPlace?.slot)),
                \(rows.map(\.couponPlace?.periodStart)), \(rows.map(\.couponPlace?.slot)), \(rows.map(\.soldAt)),
                \(rows.map(\.reservedUntil)), \(rows.map { $0.reservedUntil == nil ? $0.soldAt : nil }),
                \(rows.map { $0.reservedUntil == nil && $0.settled.isOwed ? $0.id.any : nil }),
                \(status.map(\.rawValue)), \(rows.map { $0.list { $0.payer.rawValue } }),
                \(rows.map { $0.list { $0.whom?.text ?? "-" } }), \(rows.map { $0.list { String($0.cents) } }))
                as item (id, order_id, card_system_id, event_id, counter_id, account_id, organizer_id, holder_id,
                    group_id, card_id, card_number, tariff, term_id, coupon_id, regular, price, label, is_off_list,
                    event_period, event_slot, counter_period, counter_slot, coupon_period, coupon_slot, sold_at,
                    reserved_until, confirmed_at, settlement_id, status, payers, payer_ids, payer_cents)
            """
    }

    private func list(_ text: (PayerPart) -> String) -> String { offer.parts.map(text).joined(separator: ",") }
}
