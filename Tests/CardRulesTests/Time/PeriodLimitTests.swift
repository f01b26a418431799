import CardRules
import Testing

struct PeriodLimitTests {
    @Test(arguments: [
        // instant | period | first day | last day | frees again
        "2026-05-14 10:00 | day | 2026-05-14 | 2026-05-14 | 2026-05-14T22:00:00Z",
        "2026-05-14 00:00 | day | 2026-05-14 | 2026-05-14 | 2026-05-14T22:00:00Z",
        "2026-05-14 23:59:59 | day | 2026-05-14 | 2026-05-14 | 2026-05-14T22:00:00Z",
        "2026-03-29 12:00 | day | 2026-03-29 | 2026-03-29 | 2026-03-29T22:00:00Z",
        "2026-10-25 12:00 | day | 2026-10-25 | 2026-10-25 | 2026-10-25T23:00:00Z",
        "2026-05-11 00:00 | week | 2026-05-11 | 2026-05-17 | 2026-05-17T22:00:00Z",
        "2026-05-17 23:59 | week | 2026-05-11 | 2026-05-17 | 2026-05-17T22:00:00Z",
        "2026-05-18 00:00 | week | 2026-05-18 | 2026-05-24 | 2026-05-24T22:00:00Z",
        "2027-01-01 12:00 | week | 2026-12-28 | 2027-01-03 | 2027-01-03T23:00:00Z",
        "2026-03-25 12:00 | week | 2026-03-23 | 2026-03-29 | 2026-03-29T22:00:00Z",
        "2026-10-31 23:30 | month | 2026-10-01 | 2026-10-31 | 2026-10-31T23:00:00Z",
        "2028-02-29 12:00 | month | 2028-02-01 | 2028-02-29 | 2028-02-29T23:00:00Z",
        "2026-02-28 12:00 | month | 2026-02-01 | 2026-02-28 | 2026-02-28T23:00:00Z",
        "2026-12-31 12:00 | month | 2026-12-01 | 2026-12-31 | 2026-12-31T23:00:00Z",
        "2026-01-01 00:00 | quarter | 2026-01-01 | 2026-03-31 | 2026-03-31T22:00:00Z",
        "2026-03-31 23:59 | quarter | 2026-01-01 | 2026-03-31 | 2026-03-31T22:00:00Z",
        "2026-04-01 00:00 | quarter | 2026-04-01 | 2026-06-30 | 2026-06-30T22:00:00Z",
        "2026-09-30 12:00 | quarter | 2026-07-01 | 2026-09-30 | 2026-09-30T22:00:00Z",
        "2026-12-31 12:00 | quarter | 2026-10-01 | 2026-12-31 | 2026-12-31T23:00:00Z",
        "2026-12-31 23:59:59 | year | 2026-01-01 | 2026-12-31 | 2026-12-31T23:00:00Z",
        "2027-01-01 00:00 | year | 2027-01-01 | 2027-12-31 | 2027-12-31T23:00:00Z",
        "2026-05-14 10:00 | absolute | 0001-01-01 | ever | never",
    ])
    func `CHK-03 a limit counts in calendar periods of Brussels and frees with the next one`(row: String) throws {
        let cells = row.cells
        let instant = Instant.wall(cells[0])
        let period = try #require(PeriodLimit.Period(rawValue: cells[1]))
        let limit = try #require(PeriodLimit(volume: 1, per: period))
        let (start, end) = limit.period(containing: instant)
        #expect(start.text == cells[2])
        #expect(end?.text ?? "ever" == cells[3])
        #expect(limit.freesAgain(at: instant) == Instant(text: cells[4]))
    }

    @Test(arguments: PeriodLimit.Period.allCases.filter { $0 != .absolute })
    func `the periods lie one after the other without a gap`(period: PeriodLimit.Period) throws {
        let limit = try #require(PeriodLimit(volume: 3, per: period))
        var instant = Instant.wall("2024-01-01 00:00")
        for _ in 0..<100 {
            let (start, end) = limit.period(containing: instant)
            let next = try #require(limit.freesAgain(at: instant))
            #expect(Brussels.instant(start) == instant && end.map(Brussels.end(of:)) == next)
            #expect(limit.period(containing: next - .seconds(1)).start == start)
            instant = next
        }
    }

    @Test func `a limit of less than one is none`() {
        #expect(PeriodLimit(volume: 0, per: .day) == nil)
        #expect(PeriodLimit(volume: -1, per: .absolute) == nil)
        #expect(PeriodLimit(volume: 1, per: .day)?.volume == 1)
    }
}
