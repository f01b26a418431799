import Testing

@testable import CardRules

@Suite struct LoginRulesTests {
    @Test(
        arguments: [
            (false, false, []), (false, true, [.passHolderAlreadyRegistered]), (true, false, [.accountAlreadyLinked]),
            (true, true, [.passHolderAlreadyRegistered, .accountAlreadyLinked]),
        ] as [(Bool, Bool, [RefusalKind])])
    func `UID-01 one login for one pass holder`(isLinked: Bool, isRegistered: Bool, kinds: [RefusalKind]) {
        let reasons = LoginRules.reasonsAgainstLink(ofAccountLinked: isLinked, toHolderRegistered: isRegistered)
        #expect(reasons.map(\.kind) == kinds)
    }
}
