import CardRules
import Testing

struct MembershipStatusTests {
    @Test(
        arguments: [
            (.active, .blocked, nil), (.blocked, .active, nil),
            (.blocked, .blocked, "passHolder.blocked /passHolderId"),
            (.active, .active, "passHolder.notBlocked /passHolderId"),
        ] as [(MembershipStatus, MembershipStatus, String?)])
    func `R-018 a membership is blocked once and unblocked once`(
        old: MembershipStatus, new: MembershipStatus, line: String?
    ) {
        #expect(new.reasonAgainst(changeFrom: old)?.line == line)
    }
}
