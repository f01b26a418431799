import CardRules
import Testing

@Suite struct `Next opening` {
    /// A calendar, an instant, and the opening then: `-` for none.
    @Test(arguments: [
        "single 2026-05-01 20:00 .. 2026-05-01 23:00|2026-04-01 00:00|2026-05-01 20:00",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00|2026-05-01 22:59|2026-05-01 20:00",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00|2026-05-01 23:00|-",
        "permanent; mon 09:00-12:00|2026-05-02 10:00|2026-05-04 09:00",
        "permanent; mon 20:00-02:00|2026-05-05 01:00|2026-05-04 20:00",
        """
        multiple; 2026-05-01 20:00 .. 2026-05-01 23:00 unavailable; 2026-05-02 20:00 .. 2026-05-02 23:00
        |2026-05-01 21:00|2026-05-02 20:00
        """,
    ])
    func `the opening that is on counts, else the next one that takes place`(_ row: String) {
        let cells = row.cells
        let opening = EventRules.opening(of: .sample("a", cells[0]), onOrAfter: .wall(cells[1]))
        #expect(opening?.start.wall ?? "-" == cells[2])
    }

    @Test func `a cancelled event has no next opening`() {
        let event = EventFacts.sample("a", "permanent").with { $0.status = .unavailable }
        #expect(EventRules.opening(of: event, onOrAfter: .wall("2026-05-01 12:00")) == nil)
    }

    /// A calendar and its bounds: `-` for a side that is open.
    @Test(arguments: [
        "single 2026-05-01 20:00 .. 2026-05-01 23:00|2026-05-01 20:00|2026-05-01 23:00",
        "single 2026-05-01 00:00 .. 2026-05-01 00:00|2026-05-01 00:00|2026-05-02 00:00",
        """
        multiple; 2026-05-03 20:00 .. 2026-05-03 23:00; 2026-05-01 20:00 .. 2026-05-01 23:00
        |2026-05-01 20:00|2026-05-03 23:00
        """,
        "periodic 2026-05-01 10:00 .. 2026-05-12 00:00; mon 09:00-12:00|2026-05-04 09:00|2026-05-11 12:00",
        "periodic 2026-05-01 10:00 .. 2026-05-01 18:00; fri 09:00-12:00|2026-05-01 09:00|2026-05-01 12:00",
        """
        periodic 2026-05-01 10:00 .. 2026-05-03 18:00; closed 2026-05-01..2026-05-03
        |2026-05-01 10:00|2026-05-03 18:00
        """,
        "permanent; mon 09:00-12:00|-|-",
    ])
    func `the bounds of a calendar are its first start and its last end`(_ row: String) {
        let cells = row.cells
        let bounds = EventCalendar(cells[0]).bounds
        #expect([bounds.start?.wall ?? "-", bounds.end?.wall ?? "-"] == Array(cells.dropFirst()))
    }
}
