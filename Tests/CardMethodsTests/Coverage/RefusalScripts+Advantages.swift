import CardRules

extension RefusalScripts {
    /// Reached by taking an advantage.
    static let ofTaking: Set<RefusalKind> = [
        .advantageNotFound, .advantageNotActive, .advantageNotAtCounter, .advantageNotOnline,
        .advantageOutsideExchangePeriod, .advantageSoldOut, .advantageCodesUsedUp, .advantageAlreadyTaken,
        .advantageNotGranted, .advantageOtherCardSystem, .advantageResidentsOnly, .advantageFrozen,
        .advantageUnitsBelowTaken, .advantageCodeNotFound, .advantageCodeNotFree, .pointsInsufficient,
    ]
}
