import CardRules
import JSONRPC

enum TicketSaleReserve: BatchedMethod {
    static let declaration = Declaration(
        "ticketSale.reserve", .writes, by: .staff(.ticketSaleRegister),
        "Keeps tickets for a while, until `ticketSale.confirm`: all that are asked, or none (TS-03, TS-08).",
        details: """
            What is reserved counts for every limit, allowance and budget. It lapses by itself after the time that the \
            card system sets, 15 minutes at first.
            """,
        refusals: TicketSaleRegister.saleRefusals)

    typealias Params = TicketSaleParams
    typealias Result = TicketSaleReceipt
    typealias Work = TicketSaleWork

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        try Work.submit(params, invocation, isReservation: true, completion)
    }
}
