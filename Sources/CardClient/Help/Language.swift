import JSONRPC

/// A language in which refusals are shown.
public enum Language: String, Sendable, CaseIterable {
    case nl, en, fr

    /// What the environment asks for, as POSIX orders its variables; English if it is none of ours.
    public init(_ environment: Environment) {
        let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
        self = Language(rawValue: String(locale.prefix { $0 != "_" && $0 != "." && $0 != "@" })) ?? .en
    }

    public func text(of text: ErrorText) -> String {
        switch self {
        case .nl: text.nl
        case .en: text.en
        case .fr: text.fr
        }
    }

    /// A text in several languages: in this one, else in its main one, else in English. A plain string is itself.
    public func text(of json: JSON?) -> String? {
        let main = json?["main"]?.string.flatMap { json?[$0]?.string }
        return json?.string ?? json?[rawValue]?.string ?? main ?? json?["en"]?.string
    }
}
