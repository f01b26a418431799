import CardRules
import Testing

struct EventRulesTests {
    private static let evening = "single 2026-05-01 20:00 .. 2026-05-01 23:00"
    private static let twoEvenings =
        "multiple; 2026-05-01 20:00 .. 2026-05-01 23:00 unavailable; 2026-05-08 20:00 .. 2026-05-08 23:00"

    /// What is changed of a published event | instant | why it cannot be used.
    @Test(arguments: [
        " | 2026-05-01 20:00 | ",
        "workflow=readyForValidation | 2026-05-01 20:00 | ",
        "workflow=draft | 2026-05-01 20:00 | event.notPublished(workflowStatus=draft)",
        "workflow=rejected | 2026-05-01 20:00 | event.notPublished(workflowStatus=rejected)",
        "workflow=deleted | 2026-05-01 20:00 | event.notPublished(workflowStatus=deleted)",
        "from=2026-05-01T20:00 | 2026-05-01 20:00 | ",
        "from=2026-05-01T20:00 | 2026-05-01 19:59:59 | event.notPublished(availableFrom=2026-05-01 20:00)",
        "organizer=none | 2026-05-01 20:00 | event.notPublished(organizer=unknown)",
        "place=none | 2026-05-01 20:00 | ",
        "status=unavailable | 2026-05-01 20:00 | event.unavailable",
        "status=temporarilyUnavailable | 2026-05-01 20:00 | event.unavailable",
        "booking=unavailable | 2026-05-01 20:00 | ",
        """
        workflow=draft from=2027-01-01T00:00 organizer=none status=unavailable | 2026-05-01 20:00
        | event.notPublished(workflowStatus=draft, availableFrom=2027-01-01 00:00, organizer=unknown) event.unavailable
        """,
    ])
    func `an event is usable that is validated, published, of a known organizer, and takes place`(row: String) {
        let cells = row.cells
        let event = EventFacts.sample("A", Self.evening).changed(cells[0])
        #expect(EventRules.usability(event, at: .wall(cells[1])).map(\.text).joined(separator: " ") == cells[2])
    }

    /// Occasions | what is changed | why the event cannot be used.
    @Test(arguments: [
        "multiple; 2026-05-01 20:00 .. 2026-05-01 23:00 unavailable; 2026-05-08 20:00 .. 2026-05-08 23:00 | | ",
        "multiple; 2026-05-01 20:00 .. 2026-05-01 23:00 unavailable | | event.unavailable",
        "multiple; 2026-05-01 20:00 .. 2026-05-01 23:00 temporarilyUnavailable | | event.unavailable",
        "multiple; 2026-05-01 20:00 .. 2026-05-01 23:00 | status=unavailable | event.unavailable",
        "multiple; 2026-05-01 20:00 .. 2026-05-01 23:00 available | status=unavailable | ",
    ])
    func `an occasion's own status counts before the event's`(row: String) {
        let cells = row.cells
        let event = EventFacts.sample("A", cells[0]).changed(cells[1])
        let reasons = EventRules.usability(event, at: .wall("2026-04-01 00:00"))
        #expect(reasons.map(\.text).joined(separator: " ") == cells[2])
    }

    /// What is changed of an event on 1 May from 20:00 to 23:00 | instant | answer.
    @Test(arguments: [
        " | 2026-05-01 18:59:59 | closed, next 2026-05-01 19:00: checkIn.outsideOpening(opensAt=2026-05-01 19:00)",
        " | 2026-05-01 19:00 | open 2026-05-01 19:00 .. 2026-05-02 00:00",
        " | 2026-05-02 00:00 | open 2026-05-01 19:00 .. 2026-05-02 00:00",
        " | 2026-05-02 00:00:01 | closed, next never: checkIn.outsideOpening event.noFutureOpening",
        "booking=unavailable | 2026-05-01 21:00 | open 2026-05-01 19:00 .. 2026-05-02 00:00",
        "workflow=draft | 2026-05-01 21:00 | closed, next never: event.notPublished(workflowStatus=draft)",
        "organizer=none | 2026-05-01 21:00 | closed, next never: event.notPublished(organizer=unknown)",
        "status=unavailable | 2026-05-01 21:00 | closed, next never: event.unavailable",
        "status=unavailable | 2026-05-01 10:00 | closed, next never: event.unavailable checkIn.outsideOpening",
        """
        status=unavailable | 2026-05-02 10:00
        | closed, next never: event.unavailable checkIn.outsideOpening event.noFutureOpening
        """,
        """
        from=2026-05-01T21:30 | 2026-05-01 21:00
        | closed, next 2026-05-01 21:30: event.notPublished(availableFrom=2026-05-01 21:30)
        """,
        "from=2026-05-01T21:30 | 2026-05-01 21:30 | open 2026-05-01 19:00 .. 2026-05-02 00:00",
        """
        from=2026-04-30T12:00 | 2026-04-29 12:00 | closed, next 2026-05-01 19:00: \
        event.notPublished(availableFrom=2026-04-30 12:00) checkIn.outsideOpening(opensAt=2026-05-01 19:00)
        """,
        """
        from=2026-05-03T00:00 | 2026-05-01 21:00
        | closed, next never: event.notPublished(availableFrom=2026-05-03 00:00)
        """,
    ])
    func `CHK-01 check-ins are taken in the window of a usable event, and every reason against is told`(row: String) {
        let cells = row.cells
        let event = EventFacts.sample("A", Self.evening).changed(cells[0])
        #expect(EventRules.checkInWindow(event, at: .wall(cells[1])).text == cells[2])
    }

    /// Instant | answer for an event whose first evening is cancelled.
    @Test(arguments: [
        "2026-05-01 18:00 | closed, next 2026-05-08 19:00: checkIn.outsideOpening(opensAt=2026-05-08 19:00)",
        "2026-05-01 21:00 | closed, next 2026-05-08 19:00: event.unavailable",
        "2026-05-08 21:00 | open 2026-05-08 19:00 .. 2026-05-09 00:00",
        "2026-05-09 00:00:01 | closed, next never: checkIn.outsideOpening event.noFutureOpening",
    ])
    func `CHK-01 a cancelled occasion takes no check-ins, the others do`(row: String) {
        let cells = row.cells
        #expect(EventRules.checkInWindow(.sample("A", Self.twoEvenings), at: .wall(cells[0])).text == cells[1])
    }

    @Test func `CHK-01 the margins are the event's own`() {
        let event = EventFacts.sample("A", Self.evening).with {
            $0.checkInMargins = CheckInMargins(before: .minutes(5), after: .minutes(120))
        }
        #expect(
            EventRules.checkInWindow(event, at: .wall("2026-05-02 01:00")).text
                == "open 2026-05-01 19:55 .. 2026-05-02 01:00")
        #expect(EventRules.nextChange(event, after: .wall("2026-05-01 12:00")) == .wall("2026-05-01 19:55"))
    }

    @Test(arguments: 0..<150)
    func `the answer stays until the change that is foretold`(seed: Int) {
        var dice = SeededDice(seed: seed)
        let change = Instant.changes.randomElement(using: &dice)!
        let event = EventFacts.random("A", around: change, using: &dice)
        for _ in 0..<20 {
            let instant = change + .minutes(.random(in: -10_000...10_000, using: &dice))
            let answer = EventRules.checkInWindow(event, at: instant)
            let until = EventRules.nextChange(event, after: instant) ?? instant + .days(60)
            for later in Instant.samples(from: instant, to: until, using: &dice) {
                #expect(
                    EventRules.checkInWindow(event, at: later) == answer,
                    "\(event) from \(instant.text) to \(until.text), at \(later.text)")
            }
            guard case .closed(_, let next?) = answer else { continue }
            let opening = EventRules.checkInWindow(event, at: next)
            #expect(opening.text.hasPrefix("open"), "\(event) is told to open at \(next.text)")
            for earlier in Instant.samples(from: instant, to: next, using: &dice) {
                let before = EventRules.checkInWindow(event, at: earlier)
                #expect(before.text.hasPrefix("closed"), "\(event) before \(next.text)")
            }
        }
    }
}

extension EventFacts {
    /// Mostly a usable event, with a calendar around an instant; of organizer 1, 2 or 3 at place 7, 8 or 9.
    static func random(
        _ letter: String, around change: Instant, using dice: inout some RandomNumberGenerator
    ) -> EventFacts {
        var event = EventFacts.sample(letter, "permanent")
        event.calendar = .random(around: change.day, using: &dice)
        event.organizer = OrganizerID(high: 0, low: .random(in: 1...3, using: &dice))
        event.place = PlaceID(high: 0, low: .random(in: 7...9, using: &dice))
        event.checkInMargins = .random(upTo: 120, using: &dice)
        if Int.random(in: 0..<3, using: &dice) == 0 {
            event.availableFrom = change + .minutes(.random(in: -10_000...10_000, using: &dice))
        }
        if Int.random(in: 0..<8, using: &dice) == 0 { event.status = EventStatus.allCases.randomElement(using: &dice)! }
        if Int.random(in: 0..<16, using: &dice) == 0 { event.workflowStatus = .draft }
        return event
    }
}
