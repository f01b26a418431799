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

    /// The text of a JSON object with a member per language; whatever there is if this language is missing.
    func text(of json: JSON?) -> String? {
        if let text = json?.string ?? json?[rawValue]?.string { return text }
        let others = ["nl", "en", "fr"].lazy.compactMap { json?[$0]?.string }
        return others.first ?? json?.object?.members.first?.value.string
    }
}
