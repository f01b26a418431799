import CardRules
import JSONRPC
import Postgres

extension AdvantageType: WordParameter, PostgresValue, PostgresArrayElement {}
extension AdvantageStatus: WordParameter, PostgresValue {}
extension AdvantageCategory: WordParameter, PostgresValue, PostgresArrayElement {}
extension AdvantageWarning: WordParameter {}

extension DayPeriod: Described, ParameterValue, ResultValue {
    public static var schema: Schema {
        .named(
            "DayPeriod",
            .object([
                .init("from", CivilDate.schema, isRequired: false, "The first day; open if absent."),
                .init("until", CivilDate.schema, isRequired: false, "The last day, included; open if absent."),
            ]))
    }

    public static var placeholder: DayPeriod { .always }

    public init(parameter: JSON) throws(Unfit) {
        let read = try DayPeriodParameters(parameter: parameter)
        self = DayPeriod(from: read.from, until: read.until) ?? .always
    }

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            if let from {
                writer.name("from")
                from.write(to: &writer)
            }
            if let until {
                writer.name("until")
                until.write(to: &writer)
            }
        }
    }

    /// Reads two columns.
    init(stored from: CivilDate?, _ until: CivilDate?) throws {
        guard let period = DayPeriod(from: from, until: until) else { throw UnreadableColumn() }
        self = period
    }
}

private struct DayPeriodParameters: ObjectParameter {
    let from: CivilDate?
    let until: CivilDate?

    init(from reader: inout ParameterReader) {
        from = reader.optional("from", "The first day; open if absent.")
        until = reader.optional("until", "The last day, included; open if absent.")
        if DayPeriod(from: from, until: until) == nil { reader.refuse("until", "must not lie before from") }
    }
}

/// Written as it is told, or as a plain string, which is Dutch.
extension LocalizedText: ParameterValue {
    public static var placeholder: LocalizedText { LocalizedText("", in: .nl) }

    /// How long each of the texts may be, in characters.
    private static let lengths = 1...5000

    public init(parameter: JSON) throws(Unfit) {
        if let text = parameter.string {
            self.init(try Self.checked(text), in: .nl)
            return
        }
        guard case .object(let object) = parameter else {
            throw Unfit("must be a string or an object, not \(parameter.kind)")
        }
        let names = Language.allCases.map(\.rawValue)
        if let other = object.members.first(where: { $0.name != "main" && !names.contains($0.name) }) {
            throw Unfit("is not known", path: [other.name])
        }
        guard let main = parameter["main"]?.string.flatMap(Language.init(rawValue:)) else {
            throw Unfit("must be one of \(names.joined(separator: ", "))", path: ["main"])
        }
        var texts: [Language: String] = [:]
        for language in Language.allCases {
            guard let value = parameter[language.rawValue] else { continue }
            guard let text = value.string else { throw Unfit("must be a string", path: [language.rawValue]) }
            texts[language] = try Self.checked(text)
        }
        guard let text = LocalizedText(main: main, texts) else { throw Unfit("is missing", path: [main.rawValue]) }
        self = text
    }

    private static func checked(_ text: String) throws(Unfit) -> String {
        guard lengths.contains(text.unicodeScalars.count) else {
            throw Unfit("must have \(lengths.lowerBound) to \(lengths.upperBound) characters")
        }
        return text
    }

    /// For a column of texts.
    var stored: PostgresJSON { PostgresJSON(text: Array(json.text.utf8)) }
}

/// A page in the web.
struct WebLink: ParameterValue {
    let text: String

    static var schema: Schema { .string(format: "uri", pattern: "^https?://[^ ]+$", lengths: 10...500) }
    static var placeholder: WebLink { WebLink(text: "https://a.example") }

    private init(text: String) { self.text = text }

    init(parameter: JSON) throws(Unfit) {
        let text = try String(parameter: parameter)
        guard text.hasPrefix("https://") || text.hasPrefix("http://"),
            text.utf8.count >= 10, !text.contains(where: \.isWhitespace)
        else { throw Unfit("must be a link that begins with https:// or http://") }
        self.text = text
    }
}
