extension Registry {
    static let events: [RegisteredMethod] = [
        RegisteredMethod(EventCheckInCode.self),
        RegisteredMethod(EventGet.self),
        RegisteredMethod(EventGetCardSystems.self),
        RegisteredMethod(EventGetSettings.self),
        RegisteredMethod(EventImport.self),
        RegisteredMethod(EventList.self),
        RegisteredMethod(EventSetCardSystems.self),
        RegisteredMethod(EventSetSettings.self),
        RegisteredMethod(OrganizerGet.self),
        RegisteredMethod(OrganizerList.self),
        RegisteredMethod(PlaceList.self),
    ]
}
