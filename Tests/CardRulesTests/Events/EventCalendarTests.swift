import CardRules
import Testing

struct EventCalendarTests {
    /// Calendar | from | to | the openings that lie there.
    @Test(arguments: [
        // Single and multiple.
        """
        single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 00:00 | 2026-05-02 00:00
        | 2026-05-01T20:00:00+02:00/2026-05-01T23:00:00+02:00
        """,
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 23:00 | 2026-05-02 00:00 |",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 00:00 | 2026-05-01 20:00 |",
        """
        multiple; 2026-05-02 20:00 .. 2026-05-02 23:00; 2026-05-01 20:00 .. 2026-05-01 23:00
        | 2026-05-01 22:00 | 2026-05-03 00:00
        | 2026-05-01T20:00:00+02:00/2026-05-01T23:00:00+02:00 2026-05-02T20:00:00+02:00/2026-05-02T23:00:00+02:00
        """,
        // From midnight to the same midnight is that day, also the days of 23 and 25 hours; other times are as given.
        """
        multiple; 2026-03-29 00:00 .. 2026-03-29 00:00; 2026-10-25 00:00 .. 2026-10-25 00:00
        | 2026-01-01 00:00 | 2027-01-01 00:00
        | 2026-03-29T00:00:00+01:00/2026-03-30T00:00:00+02:00 2026-10-25T00:00:00+02:00/2026-10-26T00:00:00+01:00
        """,
        """
        single 2026-05-01 00:00 .. 2026-05-01 00:00 | 2026-05-01 12:00 | 2026-05-01 13:00
        | 2026-05-01T00:00:00+02:00/2026-05-02T00:00:00+02:00
        """,
        """
        single 2026-05-01 00:00 .. 2026-05-03 00:00 | 2026-05-01 12:00 | 2026-05-01 13:00
        | 2026-05-01T00:00:00+02:00/2026-05-03T00:00:00+02:00
        """,
        """
        single 2026-05-01 20:00 .. 2026-05-01 20:00 | 2026-05-01 20:00 | 2026-05-01 21:00
        | 2026-05-01T20:00:00+02:00/2026-05-01T20:00:00+02:00
        """,
        // Weekly hours between two days, both included whatever the time of day.
        """
        periodic 2026-05-04 10:00 .. 2026-05-05 00:00; daily 09:00-12:00 | 2026-05-01 00:00 | 2026-06-01 00:00
        | 2026-05-04T09:00:00+02:00/2026-05-04T12:00:00+02:00 2026-05-05T09:00:00+02:00/2026-05-05T12:00:00+02:00
        """,
        """
        permanent; mon 13:00-18:00; mon sat 09:00-12:00 | 2026-05-03 00:00 | 2026-05-10 00:00
        | 2026-05-04T09:00:00+02:00/2026-05-04T12:00:00+02:00 2026-05-04T13:00:00+02:00/2026-05-04T18:00:00+02:00
        2026-05-09T09:00:00+02:00/2026-05-09T12:00:00+02:00
        """,
        // No hours: whole days.
        """
        periodic 2026-02-28 10:00 .. 2026-03-01 23:00 | 2026-01-01 00:00 | 2027-01-01 00:00
        | 2026-02-28T00:00:00+01:00/2026-03-01T00:00:00+01:00 2026-03-01T00:00:00+01:00/2026-03-02T00:00:00+01:00
        """,
        """
        permanent | 2028-02-29 06:00 | 2028-03-01 06:00
        | 2028-02-29T00:00:00+01:00/2028-03-01T00:00:00+01:00 2028-03-01T00:00:00+01:00/2028-03-02T00:00:00+01:00
        """,
        // Hours over midnight belong to the day they open, also where that is the last one.
        """
        periodic 2026-05-01 00:00 .. 2026-05-01 00:00; fri 20:00-02:00 | 2026-05-02 01:00 | 2026-06-01 00:00
        | 2026-05-01T20:00:00+02:00/2026-05-02T02:00:00+02:00
        """,
        """
        periodic 2026-05-02 00:00 .. 2026-05-09 00:00; fri 20:00-02:00 | 2026-05-01 00:00 | 2026-06-01 00:00
        | 2026-05-08T20:00:00+02:00/2026-05-09T02:00:00+02:00
        """,
        """
        permanent; wed 22:00-00:00 | 2026-12-28 00:00 | 2027-01-04 00:00
        | 2026-12-30T22:00:00+01:00/2026-12-31T00:00:00+01:00
        """,
        // Equal times: a whole day.
        """
        permanent; thu 10:00-10:00 | 2026-12-31 00:00 | 2027-01-04 00:00
        | 2026-12-31T10:00:00+01:00/2027-01-01T10:00:00+01:00
        """,
        // Closed beats adjusted beats weekly; a night before a closed day goes on, the night of it does not begin.
        """
        permanent; fri sat 20:00-02:00; closed 2026-05-02..2026-05-02 | 2026-05-01 00:00 | 2026-05-08 00:00
        | 2026-05-01T20:00:00+02:00/2026-05-02T02:00:00+02:00
        """,
        """
        permanent; daily 09:00-10:00; adjusted 2026-05-04..2026-05-06: mon wed 14:00-15:00;
        closed 2026-05-06..2026-05-07 | 2026-05-03 00:00 | 2026-05-09 00:00
        | 2026-05-03T09:00:00+02:00/2026-05-03T10:00:00+02:00 2026-05-04T14:00:00+02:00/2026-05-04T15:00:00+02:00
        2026-05-08T09:00:00+02:00/2026-05-08T10:00:00+02:00
        """,
        """
        permanent; mon 09:00-10:00; adjusted 2026-05-09..2026-05-09: sat 20:00-02:00, sat 10:00-11:00
        | 2026-05-05 00:00 | 2026-05-11 00:00
        | 2026-05-09T10:00:00+02:00/2026-05-09T11:00:00+02:00 2026-05-09T20:00:00+02:00/2026-05-10T02:00:00+02:00
        """,
        // No hours in an adjusted range are whole days; of two ranges over a day the first listed counts.
        """
        permanent; mon 09:00-10:00; adjusted 2026-05-09..2026-05-09; adjusted 2026-05-09..2026-05-09: sat 20:00-02:00
        | 2026-05-05 00:00 | 2026-05-11 00:00
        | 2026-05-09T00:00:00+02:00/2026-05-10T00:00:00+02:00
        """,
        """
        periodic 2026-05-01 00:00 .. 2026-05-03 00:00; closed 2026-04-01..2026-05-03
        | 2026-04-01 00:00 | 2026-06-01 00:00 |
        """,
    ])
    func `openings follow closed days, then adjusted days, then the hours of the week`(row: String) {
        let cells = row.cells
        let openings = EventCalendar(cells[0]).openings(in: Instant.wall(cells[1])..<Instant.wall(cells[2]))
        #expect(openings.map(\.text).joined(separator: " ") == cells[3])
    }

    /// Hours | day | start and end in UTC. The nights of the clock changes of 2026 and 2027.
    @Test(arguments: [
        "20:00-02:00 | 2026-03-28 | 2026-03-28T19:00:00Z 2026-03-29T01:00:00Z",
        "20:00-03:00 | 2026-03-28 | 2026-03-28T19:00:00Z 2026-03-29T01:00:00Z",
        "20:00-04:00 | 2026-03-28 | 2026-03-28T19:00:00Z 2026-03-29T02:00:00Z",
        "20:00-02:00 | 2026-10-24 | 2026-10-24T18:00:00Z 2026-10-25T00:00:00Z",
        "20:00-02:30 | 2026-10-24 | 2026-10-24T18:00:00Z 2026-10-25T00:30:00Z",
        "20:00-03:00 | 2026-10-24 | 2026-10-24T18:00:00Z 2026-10-25T02:00:00Z",
        "20:00-02:00 | 2027-03-27 | 2027-03-27T19:00:00Z 2027-03-28T01:00:00Z",
        "20:00-02:00 | 2027-10-30 | 2027-10-30T18:00:00Z 2027-10-31T00:00:00Z",
        "02:15-02:45 | 2026-03-29 | 2026-03-29T01:15:00Z 2026-03-29T01:45:00Z",
        "02:30-03:15 | 2026-03-29 | 2026-03-29T01:30:00Z 2026-03-29T01:30:00Z",
        "09:00-17:00 | 2026-03-29 | 2026-03-29T07:00:00Z 2026-03-29T15:00:00Z",
        "09:00-17:00 | 2026-10-25 | 2026-10-25T08:00:00Z 2026-10-25T16:00:00Z",
        "00:00-00:00 | 2026-03-29 | 2026-03-28T23:00:00Z 2026-03-29T22:00:00Z",
        "02:30-02:30 | 2027-10-30 | 2027-10-30T00:30:00Z 2027-10-31T00:30:00Z",
    ])
    func `hours over a change of the clocks open and close at their times on the wall`(row: String) throws {
        let cells = row.cells
        let day = try #require(CivilDate(text: cells[1]))
        let opening = try #require(OpeningSchedule(["daily \(cells[0])"]).openings(on: day).first)
        let expected = cells[2].split(separator: " ").map { Instant(text: String($0)) }
        #expect([opening.start, opening.end] == expected)
    }

    /// Calendar | after | start of the next opening.
    @Test(arguments: [
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 19:59 | 2026-05-01 20:00",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 20:00 | none",
        """
        multiple; 2026-05-03 20:00 .. 2026-05-03 23:00; 2026-05-02 20:00 .. 2026-05-02 23:00
        | 2026-05-01 20:00 | 2026-05-02 20:00
        """,
        "permanent; mon 09:00-10:00; mon 13:00-14:00 | 2026-05-04 09:00 | 2026-05-04 13:00",
        "permanent; mon 09:00-10:00 | 2026-05-04 09:00 | 2026-05-11 09:00",
        "permanent | 2026-05-04 00:00 | 2026-05-05 00:00",
        "permanent; sun 09:00-10:00; closed 2026-05-04..2031-12-31 | 2026-05-04 09:00 | 2032-01-04 09:00",
        "permanent; sun 09:00-10:00; closed 2026-05-04..9999-12-31 | 2026-05-04 09:00 | none",
        // Adjusted days far ahead are found though the week has none.
        """
        periodic 2026-01-01 00:00 .. 2050-01-01 00:00; sun 09:00-10:00; closed 2026-05-04..2026-05-10;
        adjusted 2026-05-11..2030-12-31: sun 11:00-12:00; closed 2026-05-17..2030-12-29
        | 2026-05-04 09:00 | 2031-01-05 09:00
        """,
        """
        periodic 2026-01-01 00:00 .. 2027-12-31 00:00; adjusted 2026-01-01..2027-11-30: sun 09:00-10:00;
        closed 2026-01-01..2027-11-20 | 2026-01-01 00:00 | 2027-11-21 09:00
        """,
        "periodic 2030-05-04 00:00 .. 2030-12-31 00:00; mon 09:00-10:00 | 2026-01-01 00:00 | 2030-05-06 09:00",
        "periodic 2026-05-05 00:00 .. 2026-05-10 00:00; mon 09:00-10:00 | 2026-01-01 00:00 | none",
        "periodic 2026-05-05 00:00 .. 2026-05-10 00:00; sun 09:00-10:00 | 2026-05-11 00:00 | none",
    ])
    func `the next opening is found however far ahead`(row: String) {
        let cells = row.cells
        let next = EventCalendar(cells[0]).nextOpening(after: .wall(cells[1]))
        #expect(next?.start.wall ?? "none" == cells[2])
    }

    /// Calendar | end of the last opening.
    @Test(arguments: [
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 23:00",
        "multiple; 2026-05-02 20:00 .. 2026-05-02 23:00; 2026-05-01 20:00 .. 2026-05-03 01:00 | 2026-05-03 01:00",
        "periodic 2026-01-01 00:00 .. 2026-12-31 00:00 | 2027-01-01 00:00",
        "periodic 2026-01-01 00:00 .. 2026-12-31 00:00; mon 09:00-10:00 | 2026-12-28 10:00",
        "periodic 2026-01-01 00:00 .. 2026-12-27 00:00; mon 09:00-10:00 | 2026-12-21 10:00",
        """
        periodic 2026-01-01 00:00 .. 2026-12-31 00:00; mon 09:00-10:00; closed 2026-03-01..2026-12-31
        | 2026-02-23 10:00
        """,
        "periodic 2026-01-01 00:00 .. 2026-05-02 00:00; fri 20:00-19:00; sat 08:00-10:00 | 2026-05-02 19:00",
        "periodic 2026-05-02 00:00 .. 2026-05-02 00:00; fri 20:00-19:00; sat 08:00-10:00 | 2026-05-02 10:00",
        "periodic 2026-05-05 00:00 .. 2026-05-10 00:00; mon 09:00-10:00 | none",
        "permanent; mon 09:00-10:00 | none",
        "permanent; closed 2027-01-01..9999-12-31 | none",
    ])
    func `KIO-10 the last end is known of all but permanent events`(row: String) {
        let cells = row.cells
        #expect(EventCalendar(cells[0]).lastEnd?.wall ?? "none" == cells[1])
    }

    @Test func `the margin of an event in several card systems is the widest, on each side`() {
        let margins = [(30, 90), (60, 15), (45, 45)].map {
            CheckInMargins(before: .minutes($0.0), after: .minutes($0.1))
        }
        #expect(CheckInMargins.widest(of: margins) == CheckInMargins(before: .minutes(60), after: .minutes(90)))
        #expect(CheckInMargins.widest(of: margins[2...]) == margins[2])
        #expect(CheckInMargins.widest(of: []) == CheckInMargins(before: .hours(1), after: .hours(1)))
    }

    @Test func `a text is given in the language asked, or else in its main language`() {
        let name = LocalizedText(main: .fr, [.fr: "Fête", .nl: "Feest"])
        #expect([name?[.nl], name?[.fr], name?[.de]] == ["Feest", "Fête", "Fête"])
        #expect(LocalizedText(main: .en, [.fr: "Fête"]) == nil)
    }
}
