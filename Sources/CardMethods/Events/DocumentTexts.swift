import CardRules
import JSONRPC

extension DocumentReader {
    /// The language that stands in for missing ones; Dutch unless the document tells.
    mutating func mainLanguage(_ document: DocumentField) -> Language {
        let words: KeyValuePairs<String, Language> = ["nl": .nl, "fr": .fr, "de": .de, "en": .en]
        return word(document["mainLanguage"], of: words) ?? .nl
    }

    /// A name: translated, or a plain string in the main language. Languages that we do not speak are passed over.
    ///
    /// - Parameter isMainNeeded: Whether a text in the main language must be there; else another stands in for it.
    mutating func name(_ field: DocumentField, main: Language, isMainNeeded: Bool = true) -> LocalizedText? {
        guard let json = field.json else { return nil }
        if json.string != nil { return text(field).map { LocalizedText($0, in: main) } }
        guard json.object != nil else {
            refuse(field, "must be a string, or an object of texts by language, not \(json.kind)")
            return nil
        }
        var texts: [Language: String] = [:]
        for language in Language.allCases { texts[language] = text(field[language]) }
        if let name = LocalizedText(main: main, texts) { return name }
        if isMainNeeded {
            if !field[main].isThere { refuse(field[main], "is missing: the text in the main language") }
            return nil
        }
        return Language.allCases.first { texts[$0] != nil }.flatMap { LocalizedText(main: $0, texts) }
    }

    /// An address: translated, or plain in the main language. `nil` if it tells nothing.
    mutating func address(_ field: DocumentField, main: Language) -> LocalizedAddress? {
        let field = object(field)
        var addresses: [Language: PublishedAddress] = [:]
        addresses[main] = plainAddress(field)
        for language in Language.allCases where field[language].isThere {
            addresses[language] = plainAddress(object(field[language]))
        }
        return LocalizedAddress(main: main, addresses)
    }

    private mutating func plainAddress(_ field: DocumentField) -> PublishedAddress? {
        let address = PublishedAddress(
            street: text(field["streetAddress"]), postalCode: text(field["postalCode"]),
            city: text(field["addressLocality"]), country: text(field["addressCountry"]))
        return address == PublishedAddress() ? nil : address
    }
}

/// An address as UiTdatabank publishes it; any part may be missing.
struct PublishedAddress: Sendable, Hashable, ResultRecord {
    /// With the number.
    var street: String?
    var postalCode: String?
    var city: String?
    /// ISO 3166-1 alpha-2.
    var country: String?

    static let fields: [ResultField<PublishedAddress>] = [
        .init("street", "With the number.") { $0.street },
        .init("postalCode", "The postal code.") { $0.postalCode },
        .init("city", "The town or village.") { $0.city },
        .init("country", "ISO 3166-1 alpha-2.") { $0.country },
    ]
}

/// An address in one language at least.
struct LocalizedAddress: Sendable, Hashable {
    /// The language of the first choice. It may be missing.
    let main: Language
    let addresses: [Language: PublishedAddress]

    /// `nil` if there is no address in any language.
    init?(main: Language, _ addresses: [Language: PublishedAddress]) {
        if addresses.isEmpty { return nil }
        (self.main, self.addresses) = (main, addresses)
    }
}
