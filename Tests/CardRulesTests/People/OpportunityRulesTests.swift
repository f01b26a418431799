import CardRules
import Testing

struct OpportunityRulesTests {
    private static let today = CivilDate(text: "2026-05-10")!

    /// A status of today, with thirty days of grace: `active`, `grace`, `expired`, `suspended` or `none`.
    private static func status(_ word: String) -> OpportunityStatus {
        let end = ["active": "2026-06-30", "suspended": "2026-06-30", "grace": "2026-04-30", "expired": "2026-03-01"]
        return OpportunityStatus(
            endDate: end[word].flatMap { CivilDate(text: $0) },
            suspendedUntil: word == "suspended" ? CivilDate(text: "2026-05-20") : nil, graceDays: 30, on: today)
    }

    @Test(arguments: [
        // status | membership | lives at | rights | new end | reasons
        "active | active | counter | plain | 2027-04-30 | ",
        "grace | active | counter | plain | 2027-04-30 | ",
        "expired | active | counter | plain | 2027-04-30 | ",
        "suspended | active | counter | plain | 2027-04-30 | ",
        "active | active | counter | plain | 2026-06-30 | ",
        "none | active | counter | plain | 2027-04-30 | opportunityStatus.none /cardNumber",
        "active | active | counter | plain | 2026-06-29 | opportunityStatus.endsLater /endDate endDate=2026-06-30",
        "expired | active | counter | plain | 2026-05-10 | ",
        "expired | active | counter | plain | 2026-05-09 | opportunityStatus.datePassed /endDate",
        "active | blocked | counter | plain | 2027-04-30 | passHolder.blocked /cardNumber",
        "active | active | region | whole | 2027-04-30 | ",
        "active | active | region | plain | 2027-04-30 | registration.otherMunicipality /cardNumber",
        "active | active | away | whole | 2027-04-30 | postalCode.notInCardSystem /cardNumber",
        """
        active | blocked | away | plain | 2026-05-01 | passHolder.blocked /cardNumber; postalCode.notInCardSystem \
        /cardNumber; registration.otherMunicipality /cardNumber; opportunityStatus.datePassed /endDate; \
        opportunityStatus.endsLater /endDate endDate=2026-06-30
        """,
    ])
    func `PH-04 REG-07 R-069 a status is extended for residents, after its end too, and never shortened by it`(
        row: String
    ) throws {
        let cells = row.cells
        let facts = OpportunityFacts(
            status: Self.status(cells[0]), membership: try #require(MembershipStatus(rawValue: cells[1])),
            permissions: cells[3] == "whole" ? [.passHolderRegisterOpportunityWholeCardSystem] : [],
            livesInCardSystem: cells[2] != "away", livesAtCounter: cells[2] == "counter")
        let reasons = OpportunityRules.extend(
            to: try #require(CivilDate(text: cells[4])), facts, today: Self.today, pointer: "/cardNumber")
        #expect(reasons.map(\.line).joined(separator: "; ") == cells[5])
    }

    @Test(arguments: [
        // ending until | new end | reasons
        "2026-06-30 | 2027-04-30 | ", "2026-06-30 | 2026-06-30 | ", "2026-04-30 | 2026-05-10 | ",
        "2026-04-30 | 2026-05-09 | opportunityStatus.datePassed /endDate",
        "2026-06-30 | 2026-06-29 | opportunityStatus.endsLater /endDate endDate=2026-06-30",
        """
        2026-06-30 | 2026-05-09 | opportunityStatus.datePassed /endDate; \
        opportunityStatus.endsLater /endDate endDate=2026-06-30
        """,
    ])
    func `PH-04 R-085 a campaign gives an end date that is not past and brings nobody's nearer`(row: String) throws {
        let reasons = OpportunityRules.renew(
            until: try #require(CivilDate(text: row.cells[0])), to: try #require(CivilDate(text: row.cells[1])),
            today: Self.today)
        #expect(reasons.map(\.line).joined(separator: "; ") == row.cells[2])
    }

    @Test(arguments: [
        "active | 2026-06-29 | ", "active | 2026-05-10 | ", "active | 2026-05-09 | opportunityStatus.datePassed",
        "active | 2026-06-30 | opportunityStatus.endsEarlier", "grace | 2026-05-10 | opportunityStatus.endsEarlier",
        "none | 2026-05-10 | opportunityStatus.none",
    ])
    func `an end date is brought nearer, to today at the earliest`(row: String) throws {
        let reasons = OpportunityRules.shorten(
            to: try #require(CivilDate(text: row.cells[1])), Self.status(row.cells[0]), today: Self.today,
            pointer: "/insz")
        #expect(reasons.map(\.kind.rawValue).joined(separator: " ") == row.cells[2])
    }

    @Test(arguments: [
        "active | 2026-05-10 | ", "expired | 2026-05-20 | ", "suspended | 2026-05-12 | ",
        "active | 2026-05-09 | opportunityStatus.datePassed", "none | 2026-05-20 | opportunityStatus.none",
    ])
    func `OPP-04 R-083 a status is suspended until a day to come, today among them`(row: String) throws {
        let reasons = OpportunityRules.suspend(
            until: try #require(CivilDate(text: row.cells[1])), Self.status(row.cells[0]), today: Self.today,
            pointer: "/insz")
        #expect(reasons.map(\.kind.rawValue).joined(separator: " ") == row.cells[2])
    }

    @Test(arguments: [
        ("suspended", ""), ("active", "opportunityStatus.notSuspended"), ("none", "opportunityStatus.none"),
    ])
    func `OPP-04 only a suspended status is resumed`(status: String, kinds: String) {
        let reasons = OpportunityRules.resume(Self.status(status), pointer: "/insz")
        #expect(reasons.map(\.kind.rawValue).joined(separator: " ") == kinds)
    }
}
