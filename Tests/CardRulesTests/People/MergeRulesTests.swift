import CardRules
import Testing

struct MergeRulesTests {
    private static func record(
        _ id: UInt64, insz: Bool = false, held: Int = 0, administersAll: Bool = true
    ) -> MergeFacts {
        MergeFacts(id: PassHolderID(high: 1, low: id), hasINSZ: insz, pointsHeld: held, administersAll: administersAll)
    }

    @Test(arguments: [
        (record(1), record(2), []), (record(1), record(1), ["merge.samePerson"]),
        (record(1, insz: true), record(2), []), (record(1), record(2, insz: true), []),
        (record(1, insz: true), record(2, insz: true), ["merge.inszDiffer"]),
        (record(1, held: 3), record(2), []), (record(1), record(2, held: 3), ["points.held"]),
        (record(1, administersAll: false), record(2), ["permission.notHeld"]),
        (
            record(1, insz: true), record(2, insz: true, held: 1, administersAll: false),
            ["permission.notHeld", "merge.inszDiffer", "points.held"]
        ),
    ])
    func `S9 two records are merged unless they are two people, or somebody else's too`(
        kept: MergeFacts, merged: MergeFacts, kinds: [String]
    ) {
        #expect(MergeRules.check(kept: kept, merged: merged).map(\.kind.rawValue) == kinds)
    }

    private static let (early, late) = (Instant(microseconds: 1), Instant(microseconds: 2))
    private static func member(
        _ status: MembershipStatus = .active, _ end: String? = nil, _ suspended: String? = nil, since: Instant = late
    ) -> MergeMembership {
        MergeMembership(
            status: status, opportunityEndDate: end.flatMap(CivilDate.init(text:)),
            suspendedUntil: suspended.flatMap(CivilDate.init(text:)), since: since)
    }

    @Test(arguments: [
        (member(), member(), member()),
        (member(.active, "2027-04-30"), member(.active, "2028-04-30"), member(.active, "2028-04-30")),
        (member(.active, "2028-04-30"), member(), member(.active, "2028-04-30")),
        (member(), member(.active, "2028-04-30"), member(.active, "2028-04-30")),
        (member(.blocked), member(), member(.blocked)), (member(), member(.blocked), member(.blocked)),
        (
            member(.active, "2028-04-30"), member(.active, "2027-04-30", "2026-12-31"),
            member(.active, "2028-04-30", "2026-12-31")
        ),
        (member(), member(.active, nil, "2026-12-31"), member()),
        (member(), member(since: early), member(since: early)),
    ])
    func `S9 of two memberships the longer status stays, and no merge lifts a block or a suspension`(
        kept: MergeMembership, merged: MergeMembership, expected: MergeMembership
    ) {
        #expect(MergeRules.joined(kept, merged) == expected)
    }

    @Test(arguments: [
        (false, true, [], true, []), (true, true, ["card"], false, ["merge.alreadyUndone"]),
        (false, true, ["card"], false, ["merge.changedSince", "points.alreadySpent"]),
        (false, false, [], true, ["permission.notHeld"]),
    ])
    func `S9 a merge is undone once, as long as nothing since makes it impossible`(
        isUndone: Bool, administersAll: Bool, changed: [String], arePointsThere: Bool, kinds: [String]
    ) {
        let reasons = MergeRules.checkUndoing(
            isUndone: isUndone, administersAll: administersAll, changed: changed, arePointsThere: arePointsThere)
        #expect(reasons.map(\.kind.rawValue) == kinds)
    }

    @Test func `PH-08 whoever is a member of own card systems only is removed everywhere, unless points are held`() {
        let (one, two) = (CardSystemID(high: 1, low: 1), CardSystemID(high: 1, low: 2))
        #expect(RemovalRules.extent(memberships: [one], own: [one, two]) == .everywhere)
        #expect(RemovalRules.extent(memberships: [one, two], own: [one]) == .here)
        #expect(RemovalRules.check(.everywhere, pointsHeld: 1).map(\.kind) == [.pointsHeld])
        #expect(RemovalRules.check(.here, pointsHeld: 1) == [])
        #expect(RemovalRules.check(.everywhere, pointsHeld: 0) == [])
    }
}
