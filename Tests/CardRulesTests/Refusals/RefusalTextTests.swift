import CardRules
import Testing

struct RefusalTextTests {
    @Test(arguments: RefusalKind.allCases)
    func `GEN-01 each kind of refusal has a text in three languages`(_ kind: RefusalKind) {
        let texts = [kind.text.nl, kind.text.en, kind.text.fr]
        #expect(texts.allSatisfy { $0.last == "." } && Set(texts).count == 3)
    }
}
