extension Registry {
    static let families: [RegisteredMethod] = [
        RegisteredMethod(FamilyAdd.self),
        RegisteredMethod(FamilyLeave.self),
        RegisteredMethod(FamilyList.self),
        RegisteredMethod(FamilyMemberships.self),
        RegisteredMethod(FamilyRemove.self),
        RegisteredMethod(FamilySetIcon.self),
    ]
}
