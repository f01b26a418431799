extension Registry {
    static let holders: [RegisteredMethod] = [
        RegisteredMethod(HolderCards.self),
        RegisteredMethod(HolderCheckIn.self),
        RegisteredMethod(HolderEmailStatus.self),
        RegisteredMethod(HolderGet.self),
        RegisteredMethod(HolderHistory.self),
        RegisteredMethod(HolderLink.self),
        RegisteredMethod(HolderLoginStatus.self),
        RegisteredMethod(HolderPoints.self),
        RegisteredMethod(HolderRegister.self),
        RegisteredMethod(HolderRegistrationToken.self),
        RegisteredMethod(HolderUnlink.self),
        RegisteredMethod(PassHolderUnlinkLogin.self),
    ]
}
