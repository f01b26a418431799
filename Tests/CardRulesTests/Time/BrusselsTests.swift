import CardRules
import Testing

struct BrusselsTests {
    /// Year, day of March, day of October: when the clocks of Brussels were and will be changed, from the tz database.
    static let changes = """
        1996 31 27, 1997 30 26, 1998 29 25, 1999 28 31, 2000 26 29, 2001 25 28, 2002 31 27, 2003 30 26, 2004 28 31
        2005 27 30, 2006 26 29, 2007 25 28, 2008 30 26, 2009 29 25, 2010 28 31, 2011 27 30, 2012 25 28, 2013 31 27
        2014 30 26, 2015 29 25, 2016 27 30, 2017 26 29, 2018 25 28, 2019 31 27, 2020 29 25, 2021 28 31, 2022 27 30
        2023 26 29, 2024 31 27, 2025 30 26, 2026 29 25, 2027 28 31, 2028 26 29, 2029 25 28, 2030 31 27, 2031 30 26
        2032 28 31, 2033 27 30, 2034 26 29, 2035 25 28, 2036 30 26, 2037 29 25
        """.split(whereSeparator: { ",\n".contains($0) }).map { $0.split(separator: " ").compactMap { Int($0) } }

    @Test(arguments: changes)
    func `the clocks change at one o'clock UTC on the days of the tz database`(row: [Int]) throws {
        for (month, day, before, after) in [(3, row[1], 3600, 7200), (10, row[2], 7200, 3600)] {
            let date = try #require(CivilDate(year: row[0], month: month, day: day))
            let change = try #require(Instant(text: "\(date.text)T01:00:00Z"))
            #expect(Brussels.offsetSeconds(at: change - .seconds(1)) == before)
            #expect(Brussels.offsetSeconds(at: change) == after)
            #expect(Brussels.offsetSeconds(at: change - .days(1)) == before)
            #expect(Brussels.offsetSeconds(at: change + .days(1)) == after)
        }
    }

    @Test(arguments: [
        "2026-01-01 00:00 | 2025-12-31T23:00:00Z",
        "2026-07-01 00:00 | 2026-06-30T22:00:00Z",
        "2026-03-29 01:59:59 | 2026-03-29T00:59:59Z",
        "2026-03-29 02:00 | 2026-03-29T01:00:00Z",
        "2026-03-29 02:30 | 2026-03-29T01:30:00Z",
        "2026-03-29 03:00 | 2026-03-29T01:00:00Z",
        "2026-03-29 03:30 | 2026-03-29T01:30:00Z",
        "2026-10-25 01:59 | 2026-10-24T23:59:00Z",
        "2026-10-25 02:00 | 2026-10-25T00:00:00Z",
        "2026-10-25 02:30 | 2026-10-25T00:30:00Z",
        "2026-10-25 03:00 | 2026-10-25T02:00:00Z",
        "2027-03-28 02:30 | 2027-03-28T01:30:00Z",
        "2027-10-31 02:59:59 | 2027-10-31T00:59:59Z",
        "2028-02-29 12:00 | 2028-02-29T11:00:00Z",
    ])
    func `a wall time is one instant, in the skipped and in the repeated hour too`(row: String) {
        let cells = row.cells
        #expect(Instant.wall(cells[0]) == Instant(text: cells[1]))
    }

    @Test(arguments: [
        "2026-03-29T00:59:59Z | 2026-03-29 01:59:59",
        "2026-03-29T01:00:00Z | 2026-03-29 03:00",
        "2026-10-25T00:30:00Z | 2026-10-25 02:30",
        "2026-10-25T01:30:00Z | 2026-10-25 02:30",
        "2026-12-31T22:59:59.999999Z | 2026-12-31 23:59:59",
        "2026-12-31T23:00:00Z | 2027-01-01 00:00",
        "2024-02-28T23:00:00Z | 2024-02-29 00:00",
        "1969-12-31T23:30:00Z | 1970-01-01 00:30",
    ])
    func `an instant is a day and a time on the wall`(row: String) throws {
        let cells = row.cells
        let (date, time) = Brussels.civil(try #require(Instant(text: cells[0])))
        #expect("\(date.text) \(time.text)" == cells[1])
    }

    @Test(arguments: [
        ("2026-03-29", 23), ("2026-10-25", 25), ("2026-04-30", 24), ("2026-12-31", 24), ("9999-12-31", 24),
    ])
    func `an end date holds until the day's last moment`(day: String, hours: Int) throws {
        let date = try #require(CivilDate(text: day))
        #expect(Brussels.end(of: date) - Brussels.instant(date) == .hours(hours))
        #expect(Brussels.date(Brussels.end(of: date) - .seconds(1)) == date)
        #expect(Brussels.date(Brussels.end(of: date)) == date.adding(days: 1))
    }

    @Test func `every quarter of an hour of two years is found back, but for the repeated hour`() {
        var passings: [Instant] = []
        let start = Instant.wall("2026-01-01 00:00")
        for quarter in 0..<(2 * 365 * 96) {
            let instant = start + .minutes(15 * quarter)
            let (date, time) = Brussels.civil(instant)
            if Brussels.instant(date, time) != instant { passings.append(instant) }
        }
        let second = ["2026-10-25T01", "2027-10-31T01"].flatMap { hour in
            ["00", "15", "30", "45"].compactMap { Instant(text: "\(hour):\($0):00Z") }
        }
        #expect(passings == second)
    }

    @Test(arguments: [Int64.min / 2, -62_200_000_000_000_000, 253_500_000_000_000_000, Int64.max / 2])
    func `an instant out of all calendars is still answered`(microseconds: Int64) {
        let instant = Instant(microseconds: microseconds)
        #expect(instant - Brussels.instant(Brussels.date(instant)) < .days(1))
        #expect(!instant.text.isEmpty)
    }
}
