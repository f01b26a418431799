import JSONRPC

/// Says in a few words what a value must look like.
enum SchemaText {
    static func text(of schema: Schema) -> String {
        switch schema {
        case .boolean: "true or false"
        case .integer(nil): "integer"
        case .integer(.some(let range)):
            range == Int64(Int32.min)...Int64(Int32.max) ? "integer" : "integer \(range.lowerBound)–\(range.upperBound)"
        case .string(let format, _, let lengths):
            format ?? lengths.map { "text \($0.lowerBound)–\($0.upperBound)" } ?? "text"
        case .words(let words): words.joined(separator: "|")
        case .array(let element, _): "list of " + text(of: element)
        case .object: "object"
        case .any: "JSON"
        case .named(_, let schema): text(of: schema)
        }
    }

    /// What stands for a value in an example.
    static func example(of schema: Schema) -> String {
        switch schema.unnamed {
        case .boolean: "true"
        case .integer(let range): String(max(1, range?.lowerBound ?? 1))
        case .string(let format, _, _): (format ?? "text").uppercased()
        case .words(let words): words.first ?? "WORD"
        case .array(let element, _):
            switch element.unnamed {
            case .object, .any, .array: "@FILE"
            default: example(of: element)
            }
        case .object, .any: "@FILE"
        case .named(_, let schema): example(of: schema)
        }
    }

    /// The members of an object, or of the objects in a list.
    static func members(of schema: Schema) -> [Schema.Property] {
        switch schema.unnamed {
        case .object(let properties): properties
        case .array(let element, _): members(of: element)
        default: []
        }
    }
}
