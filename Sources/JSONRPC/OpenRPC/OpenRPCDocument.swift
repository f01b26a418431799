/// Describes the methods in OpenRPC 1.3.2. The same declarations always give the same bytes.
public struct OpenRPCDocument: Sendable {
    public var info: Info
    /// Shown in this order.
    public var methods: [MethodDeclaration]
    /// The domain's refusals; those of the wire are known here.
    public var refusals: [Refusal]

    public init(info: Info, methods: [MethodDeclaration], refusals: [Refusal]) {
        (self.info, self.methods, self.refusals) = (info, methods, refusals)
    }

    /// What is described.
    public struct Info: Sendable, Hashable {
        public var title: String
        public var version: String
        public var description: String

        public init(title: String, version: String, description: String) {
            (self.title, self.version, self.description) = (title, version, description)
        }
    }

    /// A kind of error and what it means.
    public struct Refusal: Sendable, Hashable {
        public var kind: String
        public var code: Int
        public var isRetryable: Bool
        public var text: ErrorText

        public init(kind: String, code: Int, isRetryable: Bool, text: ErrorText) {
            (self.kind, self.code, self.isRetryable, self.text) = (kind, code, isRetryable, text)
        }
    }

    /// Declarations that contradict each other.
    public enum Contradiction: Error, Hashable {
        case methodTwice(String)
        case refusalTwice(String)
        /// Two different schemas under one name.
        case schemaTwice(String)
        /// A method declares an error that is in no list.
        case errorUnknown(method: String, kind: String)
    }

    /// The whole document.
    public func json() throws(Contradiction) -> JSON {
        let errors = try catalogue()
        var schemas = NamedSchemas()
        var names: Set<String> = []
        var described: [JSON] = []
        for method in methods {
            if !names.insert(method.name).inserted { throw .methodTwice(method.name) }
            described.append(try describe(method, errors, &schemas))
        }
        return [
            "openrpc": "1.3.2",
            "info": [
                "title": .string(info.title), "version": .string(info.version),
                "description": .string(info.description),
            ],
            "methods": .array(described),
            "components": [
                "schemas": schemas.json,
                "errors": .object(JSONObject(errors.map { .init(name: $0.kind, value: Self.describe($0)) })),
            ],
            "x-errorsOfEveryMethod": .array(RPCError.Kind.allCases.map { .string($0.rawValue) }),
        ]
    }

    /// The errors of the wire, then the refusals.
    private func catalogue() throws(Contradiction) -> [Refusal] {
        let wire = RPCError.Kind.allCases.map {
            Refusal(kind: $0.rawValue, code: $0.code, isRetryable: $0.isRetryable, text: $0.text)
        }
        var kinds: Set<String> = []
        for error in wire + refusals where !kinds.insert(error.kind).inserted { throw .refusalTwice(error.kind) }
        return wire + refusals
    }

    private func describe(
        _ method: MethodDeclaration, _ errors: [Refusal], _ schemas: inout NamedSchemas
    ) throws(Contradiction) -> JSON {
        var parameters: [JSON] = []
        for parameter in method.allParameters {
            parameters.append([
                "name": .string(parameter.name), "description": .string(parameter.text),
                "required": .bool(parameter.isRequired), "schema": try schemas.describe(parameter.schema),
            ])
        }
        var object: [JSONObject.Member] = [
            .init(name: "name", value: .string(method.name)),
            .init(name: "tags", value: [["name": .string(method.area)]]),
            .init(name: "summary", value: .string(method.summary)),
        ]
        if !method.details.isEmpty { object.append(.init(name: "description", value: .string(method.details))) }
        object += [
            .init(name: "paramStructure", value: "either"),
            .init(name: "params", value: .array(parameters)),
            .init(name: "result", value: ["name": "result", "schema": try schemas.describe(method.result)]),
        ]
        if !method.errors.isEmpty {
            object.append(.init(name: "errors", value: .array(try describe(method.errors, of: method.name, errors))))
        }
        object += [
            .init(name: "x-access", value: .string(method.accessText)),
            .init(name: "x-public", value: .bool(method.isPublic)),
            .init(name: "x-mutates", value: .bool(method.mutates)),
            .init(name: "x-idempotency", value: method.mutates ? "required" : "none"),
        ]
        return .object(JSONObject(object))
    }

    /// The specification wants each code once in a method, and all refusals of the domain share one: an entry per
    /// code lists the kinds, each of which is explained under `components`.
    private func describe(
        _ declared: [DeclaredError], of method: String, _ errors: [Refusal]
    ) throws(Contradiction) -> [JSON] {
        for error in declared where !errors.contains(where: { $0.kind == error.kind && $0.code == error.code }) {
            throw .errorUnknown(method: method, kind: error.kind)
        }
        var codes: [Int] = []
        for error in declared where !codes.contains(error.code) { codes.append(error.code) }
        return codes.map { code in
            let kinds = declared.filter { $0.code == code }.map(\.kind)
            let text = kinds.count == 1 ? errors.first { $0.kind == kinds[0] }?.text.en : nil
            return [
                "code": .integer(Int64(code)),
                "message": .string(text ?? "Refused for one of the reasons in the data."),
                "data": ["kinds": .array(kinds.map(JSON.string))],
            ]
        }
    }

    private static func describe(_ error: Refusal) -> JSON {
        [
            "code": .integer(Int64(error.code)), "message": .string(error.text.en),
            "data": [
                "kind": .string(error.kind), "retryable": .bool(error.isRetryable),
                "text": ["nl": .string(error.text.nl), "en": .string(error.text.en), "fr": .string(error.text.fr)],
            ],
        ]
    }
}
