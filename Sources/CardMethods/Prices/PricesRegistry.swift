extension Registry {
    static let prices: [RegisteredMethod] = [
        RegisteredMethod(CardSystemPrices.self),
        RegisteredMethod(PassPriceCompute.self),
        RegisteredMethod(PassSaleList.self),
        RegisteredMethod(PassSaleTotals.self),
        RegisteredMethod(PassVoucherIssue.self),
        RegisteredMethod(PassVoucherList.self),
        RegisteredMethod(PassVoucherStatus.self),
        RegisteredMethod(PassVoucherTypeCreate.self),
        RegisteredMethod(PassVoucherTypeList.self),
        RegisteredMethod(PassVoucherTypeUpdate.self),
        RegisteredMethod(PassVoucherVoid.self),
        RegisteredMethod(PriceListGet.self),
        RegisteredMethod(PriceListSet.self),
    ]
}
