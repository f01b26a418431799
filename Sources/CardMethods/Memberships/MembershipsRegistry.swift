extension Registry {
    static let memberships: [RegisteredMethod] = [
        RegisteredMethod(CardReplace.self),
        RegisteredMethod(MembershipPreview.self),
        RegisteredMethod(MembershipSet.self),
        RegisteredMethod(PassHolderMove.self),
        RegisteredMethod(PassHolderPreviewMove.self),
    ]
}
