extension Registry {
    static let pillars: [RegisteredMethod] = [
        RegisteredMethod(PillarAssignedEvent.self),
        RegisteredMethod(PillarBalance.self),
        RegisteredMethod(PillarCandidateEvents.self),
        RegisteredMethod(PillarCheckIn.self),
        RegisteredMethod(PillarChooseEvent.self),
        RegisteredMethod(PillarClearFixedEvent.self),
        RegisteredMethod(PillarCreate.self),
        RegisteredMethod(PillarGet.self),
        RegisteredMethod(PillarList.self),
        RegisteredMethod(PillarRelease.self),
        RegisteredMethod(PillarSetFixedEvent.self),
        RegisteredMethod(PillarSetUp.self),
        RegisteredMethod(PillarSubscribe.self),
        RegisteredMethod(PillarUnsubscribe.self),
        RegisteredMethod(PillarUpdate.self),
    ]
}
