extension Registry {
    static let opportunity: [RegisteredMethod] = [
        RegisteredMethod(OpportunityCount.self),
        RegisteredMethod(OpportunityCreateRenewalJob.self),
        RegisteredMethod(OpportunityEnd.self),
        RegisteredMethod(OpportunityExportCards.self),
        RegisteredMethod(OpportunityExportChanges.self),
        RegisteredMethod(OpportunityExtend.self),
        RegisteredMethod(OpportunityHistory.self),
        RegisteredMethod(OpportunityList.self),
        RegisteredMethod(OpportunityResume.self),
        RegisteredMethod(OpportunitySuspend.self),
    ]
}
