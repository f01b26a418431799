extension OtherTenantTests {
    /// Groups, families, associations and schools.
    static let groups: [ForeignCall] = [
        ("association.list", #"{"cardSystemId":"ID"}"#, "card_system"),
        ("association.rights", #"{"associationId":"ID"}"#, "association"),
        ("association.setRight", #"{"associationId":"ID","counterId":"LIBRARY","right":"read"}"#, "association"),
        ("association.update", #"{"associationId":"ID","name":"mine"}"#, "association"),
        (
            "associationMembership.create", #"{"passHolderId":"HOLDER1","associationId":"ID","endDate":"2031-01-01"}"#,
            "association"
        ),
        ("associationMembership.end", #"{"passHolderId":"HOLDER1","associationId":"ID"}"#, "association"),
        ("associationMembership.list", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("family.add", #"{"passHolderId":"ID","cardNumber":"CARD1"}"#, "pass_holder"),
        ("family.list", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("family.memberships", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("family.remove", #"{"passHolderId":"ID","memberId":"ID"}"#, "pass_holder"),
        ("family.setIcon", #"{"passHolderId":"ID","memberId":"ID"}"#, "pass_holder"),
        ("groupPass.find", #"{"cardNumber":"ID"}"#, "card"),
        ("groupPass.get", #"{"groupPassId":"ID"}"#, "group_pass"),
        ("groupPass.list", #"{"cardSystemId":"ID"}"#, "card_system"),
        ("groupPass.renew", #"{"groupPassId":"ID","endDate":null}"#, "group_pass"),
        ("groupPass.replaceCard", #"{"groupPassId":"ID","cardType":"digital","reason":"lost"}"#, "group_pass"),
        ("groupPass.update", #"{"groupPassId":"ID","name":"mine"}"#, "group_pass"),
        ("groupPassAllowance.change", #"{"groupPassId":"ID","change":1,"reason":"mine"}"#, "group_pass"),
        ("groupPassAllowance.list", #"{"groupPassId":"ID"}"#, "group_pass"),
        ("groupPassDelegate.add", #"{"groupPassId":"ID","email":"guide@example.org"}"#, "group_pass"),
        ("groupPassDelegate.list", #"{"groupPassId":"ID"}"#, "group_pass"),
        ("groupPassDelegate.remove", #"{"groupPassId":"ID","delegateId":"ID"}"#, "group_pass"),
        ("passHolder.clearSchool", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("passHolder.setSchool", #"{"passHolderId":"ID","schoolId":"LIBRARY"}"#, "pass_holder"),
        ("school.list", #"{"cardSystemId":"ID"}"#, "card_system"),
    ]
}
