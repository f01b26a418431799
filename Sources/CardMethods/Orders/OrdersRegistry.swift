extension Registry {
    static let orders: [RegisteredMethod] = [
        RegisteredMethod(OrderCancel.self),
        RegisteredMethod(OrderConfirmPayment.self),
        RegisteredMethod(OrderCreate.self),
        RegisteredMethod(OrderGet.self),
        RegisteredMethod(OrderList.self),
    ]
}
