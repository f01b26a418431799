import CardRules
import Testing

struct OpportunityStatusTests {
    @Test(arguments: [
        // end date | suspended until | grace days | today | status
        "- | - | 30 | 2026-05-01 | none",
        "- | 2026-06-01 | 30 | 2026-05-01 | none",
        "2026-04-30 | - | 30 | 2026-04-29 | active",
        "2026-04-30 | - | 30 | 2026-04-30 | active",
        "2026-04-30 | - | 30 | 2026-05-01 | grace",
        "2026-04-30 | - | 30 | 2026-05-30 | grace",
        "2026-04-30 | - | 30 | 2026-05-31 | expired",
        "2026-04-30 | - | 0 | 2026-04-30 | active",
        "2026-04-30 | - | 0 | 2026-05-01 | expired",
        "2026-04-30 | 2026-02-10 | 30 | 2026-02-10 | suspended",
        "2026-04-30 | 2026-02-10 | 30 | 2026-02-11 | active",
        "2026-04-30 | 2026-08-01 | 30 | 2026-07-01 | suspended",
        "2026-04-30 | 2026-08-01 | 30 | 2026-08-02 | expired",
    ])
    func `OPP-02 OPP-04 R-080 R-081 R-083 a status runs, has its grace, ends, and is suspended meanwhile`(row: String)
        throws
    {
        let cells = row.cells
        let end = CivilDate(text: cells[0])
        let until = CivilDate(text: cells[1])
        let status = OpportunityStatus(
            endDate: end, suspendedUntil: until, graceDays: try #require(Int(cells[2])),
            on: try #require(CivilDate(text: cells[3])))
        let expected: OpportunityStatus =
            switch cells[4] {
            case "active": .active(endDate: try #require(end), inGracePeriod: false)
            case "grace": .active(endDate: try #require(end), inGracePeriod: true)
            case "expired": .expired(endDate: try #require(end))
            case "suspended": .suspended(until: try #require(until), endDate: try #require(end))
            default: .none
            }
        #expect(status == expected)
    }

    @Test(arguments: [("2026-01-01", "2027-04-30"), ("2026-04-30", "2027-04-30"), ("2026-12-31", "2027-04-30")])
    func `REG-09 without end date a status ends on 30 April of next year`(today: String, end: String) throws {
        #expect(OpportunityStatus.defaultEndDate(on: try #require(CivilDate(text: today))).text == end)
    }
}
