import CardRules
import JSONRPC

/// Part of a name to search for, in which `*` stands for anything (ORG-01). Case does not matter.
struct NamePattern: ParameterValue {
    /// For SQL's `like`, against a name in lower case.
    let like: String

    static var schema: Schema { String.schema }
    static var placeholder: NamePattern { NamePattern(like: "") }

    private init(like: String) { self.like = like }

    init(parameter: JSON) throws(Unfit) {
        let text = try String(parameter: parameter).lowercased()
        like = text.map { letter in
            switch letter {
            case "*": "%"
            case "%", "_", "\\": "\\\(letter)"
            default: String(letter)
            }
        }.joined()
    }
}
