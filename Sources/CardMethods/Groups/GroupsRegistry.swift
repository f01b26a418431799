extension Registry {
    static let groups: [RegisteredMethod] = [
        RegisteredMethod(GroupPassAllowanceChange.self),
        RegisteredMethod(GroupPassAllowanceList.self),
        RegisteredMethod(GroupPassBalance.self),
        RegisteredMethod(GroupPassCreate.self),
        RegisteredMethod(GroupPassDelegateAdd.self),
        RegisteredMethod(GroupPassDelegateList.self),
        RegisteredMethod(GroupPassDelegateRemove.self),
        RegisteredMethod(GroupPassDelegated.self),
        RegisteredMethod(GroupPassFind.self),
        RegisteredMethod(GroupPassGet.self),
        RegisteredMethod(GroupPassList.self),
        RegisteredMethod(GroupPassRenew.self),
        RegisteredMethod(GroupPassReplaceCard.self),
        RegisteredMethod(GroupPassUpdate.self),
    ]
}
