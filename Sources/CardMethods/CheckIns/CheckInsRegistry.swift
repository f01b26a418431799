extension Registry {
    static let checkIns: [RegisteredMethod] = [
        RegisteredMethod(CheckInCancel.self),
        RegisteredMethod(CheckInCorrect.self),
        RegisteredMethod(CheckInCount.self),
        RegisteredMethod(CheckInCreate.self),
        RegisteredMethod(CheckInCreateCorrectionJob.self),
        RegisteredMethod(CheckInList.self),
        RegisteredMethod(CheckInRestore.self),
        RegisteredMethod(CheckInStatus.self),
    ]
}
