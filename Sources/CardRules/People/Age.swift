/// Ages by the calendar: a year older on the birthday, not after 365 days.
public enum Age {
    /// Below it a parent must consent, and no e-mail opt-in is possible.
    public static let consent = 16
    /// Coming of age.
    public static let majority = 18

    /// Whole years. Who was born on 29 February is a year older on 1 March where there is no such day. Negative before
    /// the birth.
    public static func years(born birthDate: CivilDate, on day: CivilDate) -> Int {
        let hadBirthday = (day.month, day.day) >= (birthDate.month, birthDate.day)
        return day.year - birthDate.year - (hadBirthday ? 0 : 1)
    }
}
