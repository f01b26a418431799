import CardRules
import JSONRPC

/// Part of a person's name to search for. Without `*` three letters or more stand anywhere in the name, fewer at its
/// beginning, as an index finds them there only; `*` stands for anything, and the whole name must fit then.
/// Case and accents do not matter.
struct PartPattern: ParameterValue {
    /// For SQL's `like`, against what `folded` gives.
    let like: String

    static var schema: Schema { String.schema }
    static var placeholder: PartPattern { PartPattern(like: "") }

    private init(like: String) { self.like = like }

    init(parameter: JSON) throws(Unfit) {
        let text = try String(parameter: parameter)
        let pattern = WildcardPattern.like(text)
        if text.contains("*") {
            like = pattern
        } else {
            like = (text.count < 3 ? "" : "%") + pattern + "%"
        }
    }
}

/// A text to search for, in which `*` stands for anything (PH-09); without one it must be the whole. Case and accents
/// do not matter.
struct WildcardPattern: ParameterValue {
    /// For SQL's `like`, against what `folded` gives.
    let like: String

    static var schema: Schema { String.schema }
    static var placeholder: WildcardPattern { WildcardPattern(like: "") }

    private init(like: String) { self.like = like }

    init(parameter: JSON) throws(Unfit) { like = Self.like(try String(parameter: parameter)) }

    static func like(_ text: String) -> String {
        text.map { letter in
            switch letter {
            case "*": "%"
            case "%", "_", "\\": "\\\(letter)"
            default: String(letter)
            }
        }.joined()
    }
}
