import CardRules
import JSONRPC
import Postgres

enum TicketSaleCancel: Method {
    static let declaration = Declaration(
        "ticketSale.cancel", .writes, by: .staff(.ticketSaleRegister),
        "Takes sales or reservations back, all that are named or none: everything they took is free again (TS-09 to "
            + "TS-11, R-109).",
        details: """
            A counter needs no reason, until the settlement period of the sale has ended. An administrator always \
            gives one, and can do it later too.
            """,
        refusals: [.ticketSaleNotFound, .ticketSaleReasonNeeded, .ticketSalePeriodClosed])

    struct Params: Parameters {
        let sales: NamedTicketSales
        let reason: String?

        init(from reader: inout ParameterReader) {
            sales = NamedTicketSales(from: &reader)
            reason = reader.optional("reason", "Why; an administrator must say.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> ChangedTicketSales {
        let ids = params.sales.ids
        return try call.asPlatform {
            let locked = try LockedTicketSales(ids, pointer: NamedTicketSales.pointer, in: call)
            call.audit.sales(ids, ["status", "endedAt"])
            if let reason = params.reason { call.audit.facts.append(("reason", reason)) }
            try locked.sales.enumerated().flatMap { index, sale in
                TicketSaleRules.reasonsAgainstCancelling(
                    sale.facts, byAdministrator: call.scope.administers(sale.record.cardSystem),
                    because: params.reason, at: call.now, pointer: NamedTicketSales.pointer(index))
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
