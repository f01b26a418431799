/// A day of the calendar. Only days that exist can be made: 30 February is refused, never normalised. Counting on
/// from a day may leave the years that `init` accepts, so that no arithmetic on what a user sent can fail.
public struct CivilDate: Sendable, Hashable, Comparable {
    /// 1 to 9999 as made or read.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// From 1 to the length of the month.
    public let day: Int

    /// `nil` if there is no such day between the years 1 and 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= Self.length(ofMonth: month, year: year) else { return nil }
        self.init(existing: year, month, day)
    }

    /// A day that is known to exist.
    init(existing year: Int, _ month: Int, _ day: Int) { (self.year, self.month, self.day) = (year, month, day) }

    /// Days since 1970-01-01.
    public var dayNumber: Int {
        // Count in years that begin on 1 March, so that the leap day is a year's last.
        let y = month <= 2 ? year - 1 : year
        let era = y.floorDivided(by: 400)
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day so many days after 1970-01-01.
    public init(dayNumber: Int) {
        let z = dayNumber + 719_468
        let era = z.floorDivided(by: 146_097)
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// The day so many days on, or back.
    public func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

    /// The same day so many months on, or back; a month that is too short gives its last day.
    public func adding(months: Int) -> CivilDate {
        let index = year * 12 + month - 1 + months
        let year = index.floorDivided(by: 12)
        let month = index - year * 12 + 1
        return CivilDate(existing: year, month, min(day, Self.length(ofMonth: month, year: year)))
    }

    /// 1970-01-01 was a Thursday.
    public var weekday: Weekday {
        let days = dayNumber + 3
        return Weekday(rawValue: days - days.floorDivided(by: 7) * 7)!
    }

    /// `2026-04-30`.
    public var text: String { "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))" }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// The days of the week, Monday first.
public enum Weekday: Int, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// A time on the clock, to the minute or second.
public struct TimeOfDay: Sendable, Hashable, Comparable {
    /// Seconds since midnight, below 86 400.
    public let seconds: Int

    /// `nil` for what no clock shows, 24:00 and leap seconds among it.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        seconds = hour * 3600 + minute * 60 + second
    }

    /// The begin of a day.
    public static let midnight = TimeOfDay(hour: 0, minute: 0)!
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.seconds < right.seconds }
}
