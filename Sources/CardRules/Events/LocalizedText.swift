/// A language in which events, places and organizers are described.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case nl, en, fr, de
}

/// A text that exists in one language at least.
public struct LocalizedText: Sendable, Hashable {
    /// The language that stands in for one that is missing.
    public let main: Language
    /// Holds the main language.
    public let texts: [Language: String]

    /// `nil` if the main language has no text.
    public init?(main: Language, _ texts: [Language: String]) {
        guard texts[main] != nil else { return nil }
        (self.main, self.texts) = (main, texts)
    }

    /// A text in one language.
    public init(_ text: String, in language: Language) { (main, texts) = (language, [language: text]) }

    /// The text in a language, or else in the main language.
    public subscript(language: Language) -> String { texts[language] ?? texts[main]! }
}
