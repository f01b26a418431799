extension OtherTenantTests {
    static let selfService: [ForeignCall] = [
        ("passHolder.unlinkLogin", #"{"passHolderId":"ID","reason":"not his"}"#, "pass_holder")
    ]
}
