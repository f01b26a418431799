extension Registry {
    static let schools: [RegisteredMethod] = [
        RegisteredMethod(PassHolderClearSchool.self),
        RegisteredMethod(PassHolderSetSchool.self),
        RegisteredMethod(SchoolList.self),
    ]
}
