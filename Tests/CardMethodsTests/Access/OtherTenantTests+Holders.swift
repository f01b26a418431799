extension OtherTenantTests {
    static let holders: [ForeignCall] = [
        ("passHolder.findByCards", #"{"cardNumbers":["ID"]}"#, "card"),
        ("passHolder.findDuplicates", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("passHolder.picture", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("passHolder.removePicture", #"{"passHolderId":"ID"}"#, "pass_holder"),
        (
            "passHolder.setPicture", #"{"passHolderId":"ID","picture":"\#(PictureSamples.dot)"}"#, "pass_holder"
        ),
        ("passHolder.note", #"{"passHolderId":"ID","cardSystemId":"HERE"}"#, "pass_holder"),
        ("passHolder.setNote", #"{"passHolderId":"ID","cardSystemId":"HERE","note":"x"}"#, "pass_holder"),
        ("passHolder.update", #"{"passHolderId":"ID","name":"Mine"}"#, "pass_holder"),
    ]
}
