import CardRules

extension RefusalScripts {
    /// Reached by configuring an advantage.
    static let ofConfiguring: Set<RefusalKind> = [
        .advantageFrozen, .advantageUnitsBelowTaken, .advantageCodeNotFound, .advantageCodeNotFree,
    ]
}
