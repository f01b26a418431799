extension Registry {
    static let holders: [RegisteredMethod] = [
        RegisteredMethod(HolderEmailStatus.self),
        RegisteredMethod(HolderLink.self),
        RegisteredMethod(HolderLoginStatus.self),
        RegisteredMethod(HolderRegistrationToken.self),
        RegisteredMethod(HolderUnlink.self),
        RegisteredMethod(PassHolderUnlinkLogin.self),
    ]
}
