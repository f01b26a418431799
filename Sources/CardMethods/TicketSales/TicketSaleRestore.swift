import CardRules
import JSONRPC
import Postgres

enum TicketSaleRestore: Method {
    static let declaration = Declaration(
        "ticketSale.restore", .writes, by: [.cardSystemAdministrator, .operator],
        "Sells again, at the same price, what was cancelled by mistake: if its places are still free.",
        details: "It counts in the periods in which it was sold. What is owed for it is posted anew, now.",
        refusals: [.ticketSaleNotFound, .ticketSaleNotCancelled, .limitReached, .couponSpent])

    struct Params: Parameters {
        let id: TicketSaleID
        let reason: String

        init(from reader: inout ParameterReader) {
            id = reader.required("ticketSaleId", "The sale that was cancelled.")
            reason = reader.required("reason", "Why; is kept with the call.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> TicketSaleRecord {
        try call.asPlatform {
            let locked = try LockedTicketSales([params.id], pointer: { _ in "/ticketSaleId" }, in: call)
            let sale = locked.sales[0]
            call.audit.sales([params.id], ["status", "endedAt"])
            call.audit.facts.append(("reason", params.reason))
            try TicketSaleRules.reasonsAgainstRestoring(sale.facts, at: call.now, pointer: "/ticketSaleId").refuse()
            let places = try RestoredPlaces(of: sale, in: call)
            try places.reasons.refuse()
            call.audit.tell([places.warning].compactMap(\.self))
            try call.transaction.run(
                [
                    """
                    update ticket_sale set status = 'confirmed', confirmed_at = coalesce(confirmed_at, \(call.now)),
                        ended_at = null, ended_by = null, end_reason = null, settlement_id = null,
                        event_period_start = \(places.event?.periodStart), event_slot = \(places.event?.slot),
                        counter_period_start = \(places.counter?.periodStart), counter_slot = \(places.counter?.slot),
                        coupon_period_start = \(places.coupon?.periodStart), coupon_slot = \(places.coupon?.slot),
                        version = version + 1
                    where id = \(params.id)
                    """
                ] + places.counted(call) + TicketSettlement.post(locked.sales.compactMap(\.settled), in: call))
            return try LockedTicketSales.records([params.id], in: call)[0]
        }
    }
}
