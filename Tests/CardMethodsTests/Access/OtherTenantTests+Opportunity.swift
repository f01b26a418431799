extension OtherTenantTests {
    static let opportunity: [ForeignCall] = [
        (
            "opportunity.end", #"{"passHolderId":"ID","cardSystemId":"HERE","endDate":"2030-07-01","reason":"r"}"#,
            "pass_holder"
        ),
        ("opportunity.extend", #"{"cardNumber":"ID","cardSystemId":"HERE"}"#, "card"),
        ("opportunity.history", #"{"passHolderId":"ID","cardSystemId":"HERE"}"#, "pass_holder"),
        ("opportunity.resume", #"{"passHolderId":"ID","cardSystemId":"HERE"}"#, "pass_holder"),
        (
            "opportunity.suspend", #"{"passHolderId":"ID","cardSystemId":"HERE","until":"2030-07-01","reason":"r"}"#,
            "pass_holder"
        ),
    ]

    static let opportunityExempt = [
        "opportunity.count": "card systems and municipalities are public",
        "opportunity.createRenewalJob": "card systems and municipalities are public",
        "opportunity.exportCards": "card systems are public", "opportunity.exportChanges": "card systems are public",
        "opportunity.list": "card systems and municipalities are public",
    ]
}
