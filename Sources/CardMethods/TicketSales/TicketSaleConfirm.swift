import CardRules
import JSONRPC
import Postgres

/// The sales that a method changes: all of them, or none.
struct NamedTicketSales: Parameters {
    let ids: [TicketSaleID]

    init(from reader: inout ParameterReader) {
        self.init(reader.required("ticketSaleIds", "The sales, at most 200; all of them or none."), checkedBy: &reader)
    }

    init(_ ids: [TicketSaleID], checkedBy reader: inout ParameterReader) {
        self.ids = ids
        if reader.problems.isEmpty, ids.isEmpty || ids.count > TicketSaleRules.maximumTickets {
            reader.refuse("ticketSaleIds", "must be 1 to \(TicketSaleRules.maximumTickets)")
        }
        if Set(ids).count < ids.count { reader.refuse("ticketSaleIds", "must name each once") }
    }

    static func pointer(_ index: Int) -> String { "/ticketSaleIds/\(index)" }
}

/// What was changed.
struct ChangedTicketSales: ResultRecord {
    let sales: [TicketSaleRecord]

    static let fields: [ResultField<ChangedTicketSales>] = [
        .init("sales", "The sales as they are now, in the order asked.") { $0.sales }
    ]
}

enum TicketSaleConfirm: Method {
    static let declaration = Declaration(
        "ticketSale.confirm", .writes, by: .staff(.ticketSaleRegister),
        "Makes sales of reservations that have not lapsed yet: all that are named, or none (TS-08).",
        refusals: [.ticketSaleNotFound, .ticketSaleNotReserved, .ticketSaleLapsed])

    typealias Params = NamedTicketSales

    static func run(_ params: NamedTicketSales, in call: Call) throws -> ChangedTicketSales {
        try call.asPlatform {
            let locked = try LockedTicketSales(params.ids, pointer: NamedTicketSales.pointer, in: call)
            call.audit.sales(params.ids, ["status", "confirmedAt"])
            try locked.sales.enumerated().flatMap {
                TicketSaleRules.reasonsAgainstConfirming(
                    $0.element.facts, at: call.now, pointer: NamedTicketSales.pointer($0.offset))
            }.refuse()
            try call.transaction.run(
                [
                    """
                    update ticket_sale set status = 'confirmed', confirmed_at = \(call.now), version = version + 1
                    where id = any (\(params.ids))
                    """
                ] + TicketSettlement.post(locked.sales.compactMap(\.settled), in: call))
            return ChangedTicketSales(sales: try LockedTicketSales.records(params.ids, in: call))
        }
    }
}

extension AuditNote {
    /// Which sales were changed: one is the object, several are told.
    mutating func sales(_ ids: [TicketSaleID], _ fields: [String]) {
        changedFields = fields
        if ids.count == 1 {
            object(ids[0])
        } else {
            told.append(("saleIds", .array(ids.map { .string($0.text) })))
        }
    }
}
