extension Registry {
    static let scans: [RegisteredMethod] = [
        RegisteredMethod(ScanAct.self),
        RegisteredMethod(ScanLook.self),
    ]
}
