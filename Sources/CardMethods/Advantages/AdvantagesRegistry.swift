extension Registry {
    static let advantages: [RegisteredMethod] = [
        RegisteredMethod(AdvantageCodeAdd.self),
        RegisteredMethod(AdvantageCodeImport.self),
        RegisteredMethod(AdvantageCodeList.self),
        RegisteredMethod(AdvantageCodeVoid.self),
        RegisteredMethod(AdvantageCreate.self),
        RegisteredMethod(AdvantageForCard.self),
        RegisteredMethod(AdvantageGet.self),
        RegisteredMethod(AdvantageList.self),
        RegisteredMethod(AdvantageListPublished.self),
        RegisteredMethod(AdvantageUpdate.self),
        RegisteredMethod(HolderAdvantages.self),
    ]
}
