extension Registry {
    static let cardSystems: [RegisteredMethod] = [
        RegisteredMethod(CardSystemCreate.self),
        RegisteredMethod(CardSystemGet.self),
        RegisteredMethod(CardSystemList.self),
        RegisteredMethod(CardSystemUpdate.self),
        RegisteredMethod(MunicipalityAdd.self),
        RegisteredMethod(MunicipalityGet.self),
        RegisteredMethod(MunicipalityList.self),
        RegisteredMethod(MunicipalityUpdate.self),
        RegisteredMethod(PermissionGroupCreate.self),
        RegisteredMethod(PermissionGroupList.self),
        RegisteredMethod(PermissionGroupRemove.self),
        RegisteredMethod(PermissionGroupUpdate.self),
        RegisteredMethod(PermissionList.self),
    ]
}
