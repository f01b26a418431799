extension Registry {
    /// What tickets cost, and their sales.
    static let ticketSales: [RegisteredMethod] = [
        RegisteredMethod(HolderTicketSales.self),
        RegisteredMethod(TariffCompute.self),
        RegisteredMethod(TariffStatic.self),
        RegisteredMethod(TicketSaleCancel.self),
        RegisteredMethod(TicketSaleConfirm.self),
        RegisteredMethod(TicketSaleCorrect.self),
        RegisteredMethod(TicketSaleCreateCorrectionJob.self),
        RegisteredMethod(TicketSaleGet.self),
        RegisteredMethod(TicketSaleList.self),
        RegisteredMethod(TicketSaleRegister.self),
        RegisteredMethod(TicketSaleReserve.self),
        RegisteredMethod(TicketSaleRestore.self),
        RegisteredMethod(TicketSaleTotals.self),
        RegisteredMethod(TicketSaleUndoCorrection.self),
    ]
}
