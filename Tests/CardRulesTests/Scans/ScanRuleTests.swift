import Testing

@testable import CardRules

@Suite struct ScanRuleTests {
    private static let failed = [
        [Reason(.pointsInsufficient, at: "/actions/0")],
        [Reason(.advantageSoldOut, at: "/actions/2"), Reason(.cardBlocked, at: "/actions/2")],
    ]

    @Test func `all or nothing is refused with every reason of each action that failed`() {
        let refusal = ScanRules.refusal(isAtomic: true, failed: Self.failed)
        #expect(Set(refusal?.reasons ?? []) == Set(Self.failed.flatMap(\.self)))
        #expect(ScanRules.refusal(isAtomic: true, failed: []) == nil)
        #expect(ScanRules.refusal(isAtomic: false, failed: Self.failed) == nil)
    }

    @Test(arguments: [
        (true, true, 0, true), (false, true, 0, false), (true, false, 0, false), (true, true, 1, false),
    ])
    func `a counter checks in by itself where it is set so, for an event, if nobody says what to do`(
        isAutomatic: Bool, hasEvent: Bool, actions: Int, checksIn: Bool
    ) {
        #expect(ScanRules.checksIn(isAutomatic: isAutomatic, hasEvent: hasEvent, actions: actions) == checksIn)
    }
}
