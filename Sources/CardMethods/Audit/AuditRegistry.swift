extension Registry {
    static let audit: [RegisteredMethod] = [
        RegisteredMethod(AuditList.self),
        RegisteredMethod(SecurityList.self),
    ]
}
