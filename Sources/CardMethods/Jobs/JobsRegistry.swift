extension Registry {
    static let jobs: [RegisteredMethod] = [
        RegisteredMethod(JobCancel.self),
        RegisteredMethod(JobCreate.self),
        RegisteredMethod(JobGet.self),
        RegisteredMethod(JobList.self),
        RegisteredMethod(JobOutcomeFile.self),
        RegisteredMethod(JobPreview.self),
        RegisteredMethod(JobRetry.self),
        RegisteredMethod(JobRows.self),
        RegisteredMethod(JobStart.self),
        RegisteredMethod(JobSubscribe.self),
        RegisteredMethod(JobUnsubscribe.self),
        RegisteredMethod(JobUpload.self),
        RegisteredMethod(JobValidate.self),
    ]
}
