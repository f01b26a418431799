extension OtherTenantTests {
    static let jobs: [ForeignCall] = [
        ("job.cancel", #"{"jobId":"ID"}"#, "job"), ("job.get", #"{"jobId":"ID"}"#, "job"),
        ("job.outcome", #"{"jobId":"ID"}"#, "job"), ("job.preview", #"{"jobId":"ID"}"#, "job"),
        ("job.retry", #"{"jobId":"ID"}"#, "job"), ("job.rows", #"{"jobId":"ID"}"#, "job"),
        ("job.start", #"{"jobId":"ID"}"#, "job"), ("job.subscribe", #"{"jobId":"ID"}"#, "job"),
        ("job.upload", #"{"jobId":"ID","offset":0,"text":"x"}"#, "job"), ("job.validate", #"{"jobId":"ID"}"#, "job"),
    ]

    static let jobsExempt = ["job.create": "card systems are public", "job.list": "card systems are public"]
}
