import CardMethods
import CardRules
import JSONRPC

/// The methods and refusals that this program was built with.
enum KnownMethods {
    static let all: [MethodDeclaration] = Registry.all.map(\.declaration)

    /// What each kind of refusal says to the end user.
    static var refusals: [String: ErrorText] {
        let texts = RefusalKind.allCases.map { kind in
            (kind.rawValue, ErrorText(nl: kind.text.nl, en: kind.text.en, fr: kind.text.fr))
        }
        return Dictionary(uniqueKeysWithValues: texts)
    }
}
