extension Registry {
    static let checkIns: [RegisteredMethod] = [
        RegisteredMethod(CheckInCancel.self),
        RegisteredMethod(CheckInCreate.self),
        RegisteredMethod(CheckInList.self),
        RegisteredMethod(CheckInStatus.self),
    ]
}
