import CardRules
import JSONRPC

enum TicketSaleRegister: BatchedMethod {
    static let declaration = Declaration(
        "ticketSale.register", .writes, by: .staff(.ticketSaleRegister),
        "Sells tickets below the regular price: all that are asked, or none (TS-01 to TS-08, TS-11).",
        details: """
            The caller names the tariff, the server knows the price (TS-02). Items may mix holders and events; a \
            refusal points at each that is wrong. Sales at the regular price are not registered.
            """,
        refusals: saleRefusals)

    /// Everything that can be against a sale.
    static let saleRefusals: [RefusalKind] =
        TariffCompute.buyingRefusals + [
            .eventFree, .opportunityExpired, .opportunitySuspended, .tariffNotAvailable, .limitReached,
            .ticketSaleTooManyTickets, .ticketSalePriceChanged, .priceClassUnknown, .couponNotGranted,
            .couponNotValidNow, .couponSpent,
        ]

    typealias Params = TicketSaleParams
    typealias Result = TicketSaleReceipt
    typealias Work = TicketSaleWork

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        try Work.submit(params, invocation, isReservation: false, completion)
    }
}
