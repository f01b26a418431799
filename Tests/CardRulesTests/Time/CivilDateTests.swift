import CardRules
import Testing

struct CivilDateTests {
    @Test(arguments: [
        "2026-02-30", "2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
        "2026-1-01", "26-01-01", "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01", "2026-01-01-01", "",
        "２026-01-01",
        "+026-01-01", "2026--1-01",
    ])
    func `a day that does not exist, or is written otherwise, is refused`(text: String) {
        #expect(CivilDate(text: text) == nil)
    }

    @Test(arguments: ["2024-02-29", "2000-02-29", "2026-04-30", "0001-01-01", "9999-12-31", "1970-01-01"])
    func `a day that exists is written as it was read`(text: String) throws {
        #expect(try #require(CivilDate(text: text)).text == text)
    }

    @Test func `days are numbered, named and ordered one after the other over more than four centuries`() {
        // 1899-12-31 was a Sunday.
        var (year, month, day, weekday) = (1899, 12, 31, 6)
        var wrong: [String] = []
        for number in (-25_567)...150_000 {
            let date = CivilDate(dayNumber: number)
            day += 1
            if CivilDate(year: year, month: month, day: day) == nil { (month, day) = (month + 1, 1) }
            if month == 13 { (year, month) = (year + 1, 1) }
            weekday = (weekday + 1) % 7
            let isRight =
                (date.year, date.month, date.day) == (year, month, day) && date.dayNumber == number
                && date.weekday.rawValue == weekday && CivilDate(dayNumber: number - 1) < date
            if !isRight { wrong.append(date.text) }
        }
        #expect(wrong.first == nil)
        #expect((year, month, day) == (2380, 9, 8))
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"), ("2026-08-31", 1, "2026-09-30"), ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"), ("2026-05-10", 0, "2026-05-10"),
        ("2026-01-15", -13, "2024-12-15"), ("9999-12-31", 2, "10000-02-29"),
    ])
    func `months are counted on, and a month that is too short gives its last day`(
        from: String, months: Int, to: String
    ) throws {
        #expect(try #require(CivilDate(text: from)).adding(months: months).text == to)
    }

    @Test(arguments: [
        ("2024-02-28", 1, "2024-02-29"), ("2026-02-28", 1, "2026-03-01"), ("2026-12-31", 1, "2027-01-01"),
        ("2026-03-01", -1, "2026-02-28"), ("9999-12-31", 1, "10000-01-01"), ("0001-01-01", -1, "0000-12-31"),
    ])
    func `days are counted on`(from: String, days: Int, to: String) throws {
        #expect(try #require(CivilDate(text: from)).adding(days: days).text == to)
    }

    @Test func `a day before the first year keeps its number`() {
        for number in [-719_163, -719_528, -719_600, -900_000] {
            #expect(CivilDate(dayNumber: number).dayNumber == number)
        }
        #expect(CivilDate(year: 1, month: 1, day: 15)?.adding(months: -13).month == 12)
    }

    @Test(arguments: [
        ("20:00", "20:00"), ("20:00:00", "20:00"), ("23:59:59", "23:59:59"), ("00:00", "00:00"), ("09:05", "09:05"),
    ])
    func `a time on the clock is read and written`(text: String, written: String) throws {
        #expect(try #require(TimeOfDay(text: text)).text == written)
    }

    @Test(arguments: [
        "24:00", "23:60", "23:59:60", "9:00", "09:0", "0900", "09:00:", "09:00:00:00", "-9:00", "", "aa:bb",
    ])
    func `a time that no clock shows is refused`(text: String) {
        #expect(TimeOfDay(text: text) == nil)
    }
}
