extension Registry {
    static let counters: [RegisteredMethod] = [
        RegisteredMethod(CounterActivate.self),
        RegisteredMethod(CounterAddCardSystem.self),
        RegisteredMethod(CounterConfirmIBAN.self),
        RegisteredMethod(CounterCreate.self),
        RegisteredMethod(CounterGet.self),
        RegisteredMethod(CounterList.self),
        RegisteredMethod(CounterMemberAdd.self),
        RegisteredMethod(CounterMemberList.self),
        RegisteredMethod(CounterMemberRemove.self),
        RegisteredMethod(CounterMemberSetRole.self),
        RegisteredMethod(CounterSetDistributionKey.self),
        RegisteredMethod(CounterSetIBAN.self),
        RegisteredMethod(CounterSetPermissionGroups.self),
        RegisteredMethod(CounterSetTicketLimit.self),
        RegisteredMethod(CounterUpdate.self),
        RegisteredMethod(MerchantList.self),
        RegisteredMethod(PointOfSaleList.self),
    ]
}
