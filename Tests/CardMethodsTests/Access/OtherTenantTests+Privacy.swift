extension OtherTenantTests {
    static let privacy: [ForeignCall] = [
        ("passHolder.export", #"{"passHolderId":"ID","purpose":"asked"}"#, "pass_holder"),
        ("passHolder.inszReads", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("passHolder.merge", #"{"kept":"ID","merged":"HOLDER1","reason":"double"}"#, "pass_holder"),
        ("passHolder.previewMerge", #"{"kept":"HOLDER1","merged":"ID"}"#, "pass_holder"),
        ("passHolder.remove", #"{"passHolderId":"ID","reason":"asked"}"#, "pass_holder"),
        ("passHolder.unmerge", #"{"mergeId":"ID","reason":"mistake"}"#, "holder_merge"),
    ]

    static let privacyExempt = ["passHolder.listMerges": "card systems are public"]
}
