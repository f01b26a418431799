/// Writes schemas as JSON Schema (draft 7), each named one once.
struct NamedSchemas {
    private var known: [String: Schema] = [:]
    private var described: [String: JSON] = [:]

    /// The named schemas met so far, by name.
    var json: JSON {
        .object(JSONObject(described.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }))
    }

    mutating func describe(_ schema: Schema) throws(OpenRPCDocument.Contradiction) -> JSON {
        switch schema {
        case .boolean: return ["type": "boolean"]
        case .integer(let range):
            return Self.object(
                "integer", ("minimum", range.map { .integer($0.lowerBound) }),
                ("maximum", range.map { .integer($0.upperBound) }))
        case .string(let format, let pattern, let lengths):
            return Self.object(
                "string", ("format", format.map(JSON.string)), ("pattern", pattern.map(JSON.string)),
                ("minLength", lengths.map { .integer(Int64($0.lowerBound)) }),
                ("maxLength", lengths.map { .integer(Int64($0.upperBound)) }))
        case .words(let words): return Self.object("string", ("enum", .array(words.map(JSON.string))))
        case .array(let element, let counts):
            return Self.object(
                "array", ("items", try describe(element)),
                ("minItems", counts.map { .integer(Int64($0.lowerBound)) }),
                ("maxItems", counts.map { .integer(Int64($0.upperBound)) }))
        case .object(let properties): return try describe(properties)
        case .any: return .object(JSONObject())
        case .named(let name, let schema):
            if let same = known[name] {
                if same != schema { throw .schemaTwice(name) }
            } else {
                known[name] = schema
                described[name] = try describe(schema)
            }
            return ["$ref": .string("#/components/schemas/" + name)]
        }
    }

    private mutating func describe(_ properties: [Schema.Property]) throws(OpenRPCDocument.Contradiction) -> JSON {
        var members: [JSONObject.Member] = []
        for property in properties {
            guard case .object(var schema) = try describe(property.schema) else { continue }
            schema.members.append(.init(name: "description", value: .string(property.text)))
            members.append(.init(name: property.name, value: .object(schema)))
        }
        let required = properties.filter(\.isRequired).map { JSON.string($0.name) }
        return Self.object(
            "object", ("properties", .object(JSONObject(members))),
            ("required", required.isEmpty ? nil : .array(required)), ("additionalProperties", false))
    }

    private static func object(_ type: String, _ members: (String, JSON?)...) -> JSON {
        let present = members.compactMap { name, value in value.map { JSONObject.Member(name: name, value: $0) } }
        return .object(JSONObject([.init(name: "type", value: .string(type))] + present))
    }
}
