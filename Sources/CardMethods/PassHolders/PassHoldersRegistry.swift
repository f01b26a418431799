extension Registry {
    static let passHolders: [RegisteredMethod] = [
        RegisteredMethod(PassHolderBlock.self),
        RegisteredMethod(PassHolderFindByCards.self),
        RegisteredMethod(PassHolderFindDuplicates.self),
        RegisteredMethod(PassHolderGet.self),
        RegisteredMethod(PassHolderList.self),
        RegisteredMethod(PassHolderListDuplicates.self),
        RegisteredMethod(PassHolderNote.self),
        RegisteredMethod(PassHolderPicture.self),
        RegisteredMethod(PassHolderRegister.self),
        RegisteredMethod(PassHolderRemovePicture.self),
        RegisteredMethod(PassHolderRevealINSZ.self),
        RegisteredMethod(PassHolderSetNote.self),
        RegisteredMethod(PassHolderSetPicture.self),
        RegisteredMethod(PassHolderUnblock.self),
        RegisteredMethod(PassHolderUpdate.self),
        RegisteredMethod(PassLookUp.self),
    ]
}
