/// The business time zone, Europe/Brussels: UTC+1, and UTC+2 from the last Sunday of March to that of October, each
/// at 01:00 UTC. That is the law of the European Union since 1996; earlier instants do not occur here.
public enum Brussels {
    /// Seconds to add to UTC at an instant.
    public static func offsetSeconds(at instant: Instant) -> Int {
        let day = CivilDate(dayNumber: Int(instant.seconds.floorDivided(by: 86_400)))
        let isSummer = change(inMonth: 3, year: day.year) <= instant && instant < change(inMonth: 10, year: day.year)
        return isSummer ? 7200 : 3600
    }

    /// Day and time on the wall at an instant.
    public static func civil(_ instant: Instant) -> (date: CivilDate, time: TimeOfDay) {
        let local = instant.seconds + Int64(offsetSeconds(at: instant))
        let day = local.floorDivided(by: 86_400)
        let rest = Int(local - day * 86_400)
        let time = TimeOfDay(hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60)!
        return (CivilDate(dayNumber: Int(day)), time)
    }

    /// The civil day of an instant.
    public static func date(_ instant: Instant) -> CivilDate { civil(instant).date }

    /// The instant of a wall time. A time that the spring change skips means the same distance after midnight as if it
    /// had not; one that the autumn change repeats means its first passing.
    public static func instant(_ date: CivilDate, _ time: TimeOfDay = .midnight) -> Instant {
        let local = Int64(date.dayNumber) * 86_400 + Int64(time.seconds)
        let summer = Instant(seconds: local - 7200)
        return offsetSeconds(at: summer) == 7200 ? summer : Instant(seconds: local - 3600)
    }

    /// The first instant after a civil day: an end date holds until then.
    public static func end(of date: CivilDate) -> Instant { instant(date.adding(days: 1)) }

    private static func change(inMonth month: Int, year: Int) -> Instant {
        let last = CivilDate(existing: year, month, 31)
        let sunday = last.adding(days: -((last.weekday.rawValue + 1) % 7))
        return Instant(seconds: Int64(sunday.dayNumber) * 86_400 + 3600)
    }
}
