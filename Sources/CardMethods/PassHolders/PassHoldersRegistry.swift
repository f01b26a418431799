extension Registry {
    static let passHolders: [RegisteredMethod] = [
        RegisteredMethod(PassHolderBlock.self),
        RegisteredMethod(PassHolderGet.self),
        RegisteredMethod(PassHolderList.self),
        RegisteredMethod(PassHolderRegister.self),
        RegisteredMethod(PassHolderRevealINSZ.self),
        RegisteredMethod(PassHolderUnblock.self),
        RegisteredMethod(PassLookUp.self),
    ]
}
