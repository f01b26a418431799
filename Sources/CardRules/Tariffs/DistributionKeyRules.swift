/// When the terms of distribution keys begin and which is in force.
public enum DistributionKeyRules {
    /// The term in force at an instant: of those that have begun, the one that began last; `nil` before the first.
    public static func term(of terms: [DistributionKeyTerm], at instant: Instant) -> DistributionKeyTerm? {
        terms.filter { $0.validFrom <= instant }.max { $0.validFrom < $1.validFrom }
    }

    /// Those that are yet to begin, the next one first.
    public static func coming(of terms: [DistributionKeyTerm], after instant: Instant) -> [DistributionKeyTerm] {
        terms.filter { $0.validFrom > instant }.sorted { $0.validFrom < $1.validFrom }
    }

    /// Why no term can begin at an instant: prices of the past stay as they were asked, and at one instant one term
    /// begins.
    public static func reasons(
        againstTermFrom begin: Instant, now: Instant, existing: [Instant]
    ) -> [Reason] {
        var reasons: [Reason] = []
        if begin < now { reasons.append(Reason(.distributionKeyTermInPast, at: "/validFrom")) }
        if existing.contains(begin) { reasons.append(Reason(.distributionKeyTermTaken, at: "/validFrom")) }
        return reasons
    }
}
