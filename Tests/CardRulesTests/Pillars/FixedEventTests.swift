import CardRules
import Testing

struct FixedEventTests {
    /// Event | what is changed | instant | why it cannot be a pillar's fixed event.
    @Test(arguments: [
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | | 2026-04-01 12:00 | ",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | | 2026-05-02 00:00 | ",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | | 2026-05-02 00:00:01 | event.noFutureOpening",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | organizer=5 | 2026-04-01 12:00 | ",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | place=6 | 2026-04-01 12:00 | ",
        """
        single 2026-05-01 20:00 .. 2026-05-01 23:00
        | organizer=5 place=6 | 2026-04-01 12:00 | pillar.eventNotAcceptable
        """,
        """
        single 2026-05-01 20:00 .. 2026-05-01 23:00
        | organizer=5 place=none | 2026-04-01 12:00 | pillar.eventNotAcceptable
        """,
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | status=unavailable | 2026-04-01 12:00 | event.unavailable",
        """
        single 2026-05-01 20:00 .. 2026-05-01 23:00 | workflow=draft organizer=none place=none | 2027-04-01 12:00
        | event.notPublished(workflowStatus=draft, organizer=unknown) pillar.eventNotAcceptable event.noFutureOpening
        """,
        "permanent; sun 10:00-12:00 | | 2036-01-01 00:00 | ",
        "permanent; sun 10:00-12:00; closed 2026-01-01..9999-12-31 | | 2026-01-01 00:00 | event.noFutureOpening",
        """
        multiple; 2026-05-01 20:00 .. 2026-05-01 23:00; 2026-05-08 20:00 .. 2026-05-08 23:00 unavailable
        | | 2026-05-05 12:00 | event.noFutureOpening
        """,
    ])
    func `KIO-05 a fixed event is usable, of the pillar's counters, and not over`(row: String) {
        let cells = row.cells
        let event = EventFacts.sample("A", cells[0]).changed(cells[1])
        let reasons = PillarRules.acceptability(of: event, for: PillarFacts(""), at: .wall(cells[2]))
        #expect(reasons.map(\.text).joined(separator: " ") == cells[3])
    }

    @Test func `KIO-05 an event that is not known is refused as such`() {
        let reasons = PillarRules.acceptability(of: nil, for: PillarFacts(""), at: .wall("2026-01-01 00:00"))
        #expect(reasons.map(\.kind) == [.eventNotFound])
    }

    /// Event | what is changed | instant | warning within 14 days.
    @Test(arguments: [
        "periodic 2026-01-01 00:00 .. 2026-12-31 23:59 | | 2026-12-16 23:59:59 | none",
        "periodic 2026-01-01 00:00 .. 2026-12-31 23:59 | | 2026-12-17 00:00 | in 14 days, 2027-01-01 00:00",
        "periodic 2026-01-01 00:00 .. 2026-12-31 23:59 | | 2026-12-31 12:00 | in 0 days, 2027-01-01 00:00",
        "periodic 2026-01-01 00:00 .. 2026-12-31 23:59 | | 2027-01-01 01:00 | in 0 days, 2027-01-01 00:00",
        "periodic 2026-01-01 00:00 .. 2026-12-31 23:59 | | 2027-01-01 01:00:01 | over 2027-01-01 00:00",
        "single 2026-10-30 20:00 .. 2026-10-31 02:00 | | 2026-10-24 12:00 | in 7 days, 2026-10-31 02:00",
        "permanent; sun 10:00-12:00 | | 2026-01-01 00:00 | none",
        "periodic 2026-05-05 00:00 .. 2026-05-10 00:00; mon 09:00-10:00 | | 2026-01-01 00:00 | over never",
        """
        multiple; 2026-05-01 20:00 .. 2026-05-01 23:00; 2026-07-08 20:00 .. 2026-07-08 23:00 unavailable
        | | 2026-04-30 12:00 | in 1 days, 2026-05-01 23:00
        """,
        """
        single 2026-05-01 20:00 .. 2026-05-01 23:00
        | status=unavailable | 2026-04-30 12:00 | in 1 days, 2026-05-01 23:00
        """,
    ])
    func `KIO-10 the lists warn so many days before a fixed event ends`(row: String) {
        let cells = row.cells
        let event = EventFacts.sample("A", cells[0]).changed(cells[1])
        let text =
            switch PillarRules.fixedEventWarning(event, at: .wall(cells[2]), warningDays: 14) {
            case .endsSoon(let lastEnd, let days): "in \(days) days, \(lastEnd.wall)"
            case .over(let lastEnd): "over \(lastEnd?.wall ?? "never")"
            case nil: "none"
            }
        #expect(text == cells[3])
    }
}
