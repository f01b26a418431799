import CardRules
import Testing

struct CurrentOpeningTests {
    /// Calendar | instant | minutes before | minutes after | start of the current opening.
    @Test(arguments: [
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 19:00 | 60 | 60 | 2026-05-01 20:00",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 18:59:59 | 60 | 60 | none",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-02 00:00 | 60 | 60 | 2026-05-01 20:00",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-02 00:00:01 | 60 | 60 | none",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 20:00 | 0 | 0 | 2026-05-01 20:00",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 19:59:59 | 0 | 60 | none",
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-05-01 23:00:01 | 60 | 0 | none",
        // The night over the change of the clocks: 02:00 is 03:00, and an hour later it is over.
        "permanent; sat 20:00-02:00 | 2026-03-29 04:00 | 60 | 60 | 2026-03-28 20:00",
        "permanent; sat 20:00-02:00 | 2026-03-29 04:00:01 | 60 | 60 | none",
        "permanent; sat 20:00-03:00 | 2026-10-25 04:00 | 60 | 60 | 2026-10-24 20:00",
        "permanent; sat 20:00-03:00 | 2026-10-25 04:00:01 | 60 | 60 | none",
        // Several windows: the one that is really open, else the nearest, else the one whose start is nearest.
        "permanent; mon 09:00-12:00; mon 13:00-18:00 | 2026-05-04 12:00 | 60 | 60 | 2026-05-04 09:00",
        "permanent; mon 09:00-12:00; mon 13:00-18:00 | 2026-05-04 12:29:59 | 60 | 60 | 2026-05-04 09:00",
        "permanent; mon 09:00-12:00; mon 13:00-18:00 | 2026-05-04 12:30 | 60 | 60 | 2026-05-04 13:00",
        "permanent; mon 09:00-12:00; mon 12:00-18:00 | 2026-05-04 11:59:59 | 60 | 60 | 2026-05-04 09:00",
        "permanent; mon 09:00-12:00; mon 12:00-18:00 | 2026-05-04 12:00 | 60 | 60 | 2026-05-04 12:00",
        "permanent; mon 09:00-18:00; mon 12:00-13:00 | 2026-05-04 12:30 | 60 | 60 | 2026-05-04 12:00",
        "permanent; mon 09:00-18:00; mon 12:00-13:00 | 2026-05-04 13:30 | 60 | 60 | 2026-05-04 09:00",
        "permanent | 2026-05-04 23:59:59 | 60 | 60 | 2026-05-04 00:00",
        "permanent | 2026-05-05 00:00 | 60 | 60 | 2026-05-05 00:00",
        // A margin of more than a day.
        "single 2026-05-01 20:00 .. 2026-05-01 23:00 | 2026-04-28 20:00 | 4320 | 60 | 2026-05-01 20:00",
        "permanent; fri 20:00-02:00 | 2026-05-05 02:00 | 60 | 4320 | 2026-05-01 20:00",
        "permanent; fri 20:00-02:00 | 2026-05-05 02:00:01 | 60 | 4320 | none",
    ])
    func `CHK-01 check-ins belong to the opening whose window, both ends included, holds the instant`(
        row: String
    ) throws {
        let cells = row.cells
        let margins = CheckInMargins(
            before: .minutes(try #require(Int(cells[2]))), after: .minutes(try #require(Int(cells[3]))))
        let opening = EventCalendar(cells[0]).opening(around: .wall(cells[1]), margins)
        #expect(opening?.start.wall ?? "none" == cells[4])
    }

    @Test func `a permanent event answers at once, whatever lies behind and ahead`() {
        let calendar = EventCalendar("permanent; mon 09:00-12:00; closed 2026-05-05..9000-01-01")
        let clock = ContinuousClock()
        let time = clock.measure {
            for day in 0..<1000 {
                let instant = Instant.wall("2026-05-05 09:00") + .days(day)
                _ = calendar.opening(around: instant, .standard)
                _ = calendar.nextOpening(after: instant)
            }
        }
        #expect(time < .seconds(1))
    }
}
