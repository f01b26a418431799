extension Registry {
    static let associations: [RegisteredMethod] = [
        RegisteredMethod(AssociationCreate.self),
        RegisteredMethod(AssociationList.self),
        RegisteredMethod(AssociationMembershipCreate.self),
        RegisteredMethod(AssociationMembershipEnd.self),
        RegisteredMethod(AssociationMembershipList.self),
        RegisteredMethod(AssociationRights.self),
        RegisteredMethod(AssociationSetRight.self),
        RegisteredMethod(AssociationUpdate.self),
    ]
}
