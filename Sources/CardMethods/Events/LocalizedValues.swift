import CardRules
import JSONRPC
import Postgres

// Names and addresses have one JSON form, in the database as in answers: the main language under `main`, and what there
// is under each language.

extension LocalizedText: Described, ResultValue {
    public static var schema: Schema { .named("LocalizedText", localized(.string)) }

    var json: JSON {
        .object(
            JSONObject(
                [.init(name: "main", value: .string(main.rawValue))]
                    + Language.allCases.compactMap { language in
                        texts[language].map { .init(name: language.rawValue, value: .string($0)) }
                    }))
    }

    public func write(to writer: inout JSONWriter) { writer.json(json) }

    /// Reads a column of names.
    init(stored: PostgresJSON) throws {
        let json = try JSON(parsing: stored.text)
        guard let main = json["main"]?.string.flatMap(Language.init(rawValue:)) else { throw UnreadableColumn() }
        let texts = Language.allCases.compactMap { language in json[language.rawValue]?.string.map { (language, $0) } }
        guard let text = LocalizedText(main: main, Dictionary(uniqueKeysWithValues: texts)) else {
            throw UnreadableColumn()
        }
        self = text
    }

    /// What a search by name looks into: all languages in lower case, the main one first.
    var searchKey: String {
        ([self[main]] + Language.allCases.filter { $0 != main }.compactMap { texts[$0] })
            .map { $0.lowercased() }.joined(separator: "\n")
    }
}

extension LocalizedAddress: ResultValue {
    static var schema: Schema { .named("LocalizedAddress", localized(PublishedAddress.schema)) }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("main")
            writer.string(main.rawValue)
            for language in Language.allCases {
                guard let address = addresses[language] else { continue }
                writer.name(language.rawValue)
                address.write(to: &writer)
            }
        }
    }

    /// Reads a column of addresses.
    init(stored: PostgresJSON) throws {
        let json = try JSON(parsing: stored.text)
        guard let main = json["main"]?.string.flatMap(Language.init(rawValue:)) else { throw UnreadableColumn() }
        let addresses = Language.allCases.compactMap { language in
            json[language.rawValue].map { address in
                (
                    language,
                    PublishedAddress(
                        street: address["street"]?.string, postalCode: address["postalCode"]?.string,
                        city: address["city"]?.string, country: address["country"]?.string)
                )
            }
        }
        guard let address = LocalizedAddress(main: main, Dictionary(uniqueKeysWithValues: addresses)) else {
            throw UnreadableColumn()
        }
        self = address
    }
}

/// A column holds what was not written by us.
struct UnreadableColumn: Error {}

private func localized(_ schema: Schema) -> Schema {
    .object(
        [Schema.Property("main", .words(Language.allCases.map(\.rawValue)), isRequired: true, "The main language.")]
            + Language.allCases.map { Schema.Property($0.rawValue, schema, isRequired: false, "In this language.") })
}
