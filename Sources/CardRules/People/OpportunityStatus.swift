/// Whether a membership entitles to the opportunity tariff on a day. It hinders tariffs only: points go on (OPP-05).
public enum OpportunityStatus: Sendable, Hashable {
    case none
    /// `inGracePeriod` if the end date has passed: the entitlement goes on (OPP-02).
    case active(endDate: CivilDate, inGracePeriod: Bool)
    case expired(endDate: CivilDate)
    /// `until` is the last suspended day.
    case suspended(until: CivilDate, endDate: CivilDate)

    /// OPP-01 to OPP-04, R-080 to R-083: the status of a day from what the membership holds.
    ///
    /// - Parameters:
    ///   - endDate: The last entitled day; `nil` if there is no status.
    ///   - suspendedUntil: The last suspended day; lies over all else until then.
    ///   - graceDays: How many days the entitlement outlives its end date; 0 for a group pass.
    public init(endDate: CivilDate?, suspendedUntil: CivilDate?, graceDays: Int, on today: CivilDate) {
        guard let endDate else {
            self = .none
            return
        }
        if let suspendedUntil, today <= suspendedUntil {
            self = .suspended(until: suspendedUntil, endDate: endDate)
        } else if today <= endDate.adding(days: graceDays) {
            self = .active(endDate: endDate, inGracePeriod: today > endDate)
        } else {
            self = .expired(endDate: endDate)
        }
    }

    /// REG-09: the end date where none is given, 30 April of next year.
    public static func defaultEndDate(on today: CivilDate) -> CivilDate {
        CivilDate(year: today.year + 1, month: 4, day: 30)!
    }
}
