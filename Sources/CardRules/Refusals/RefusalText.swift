/// A text for an end user in the three languages that ksbd speaks.
public struct Translated: Sendable, Hashable {
    public let nl: String
    public let en: String
    public let fr: String

    public init(nl: String, en: String, fr: String) { (self.nl, self.en, self.fr) = (nl, en, fr) }
}

extension RefusalKind {
    /// What an end user is told (GEN-01). A client must show it (GEN-06).
    public var text: Translated {
        guard let text = RefusalText.all[self] else { preconditionFailure("\(self) says nothing") }
        return text
    }
}

/// What each kind of refusal says: each area has its own.
enum RefusalText {
    static let all: [RefusalKind: Translated] = {
        let areas = [
            counters,
            events,
            people,
            cards,
            tickets,
            advantages,
            jobs,
        ]
        return Dictionary(uniqueKeysWithValues: areas.joined().map { ($0.key, $0.value) })
    }()
}
