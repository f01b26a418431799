extension OtherTenantTests {
    static let selfService: [ForeignCall] = [
        (
            "order.confirmPayment",
            #"{"orderId":"ID","amountCents":1,"paidOn":"2030-06-03","reference":"R"}"#, "registration_order"
        ),
        ("order.list", #"{"orderId":"ID"}"#, "registration_order"),
        ("passHolder.unlinkLogin", #"{"passHolderId":"ID","reason":"not his"}"#, "pass_holder"),
    ]
}
