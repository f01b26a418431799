import JSONRPC
import Testing

@Suite struct `OpenRPC document` {
    static let cardID = Schema.named("CardID", .string(format: "uuid", pattern: nil, lengths: nil))
    static let block = MethodDeclaration(
        name: "card.block", area: "Cards", summary: "Blocks a card.", details: "For good.",
        parameters: [
            .init("card", cardID, isRequired: true, "The card."),
            .init("reason", .words(["lost", "stolen"]), isRequired: false, "Why."),
        ],
        result: .object([]), mutates: true, accessText: "counter member",
        errors: [
            .init(kind: "card.blocked", code: 1000), .init(kind: "card.notFound", code: 1000),
            .init(kind: "version.conflict", code: -32009),
        ])
    static let list = MethodDeclaration(
        name: "card.list", area: "Cards", summary: "Lists cards.",
        parameters: [.init("limit", .integer(1...500), isRequired: false, "How many.")],
        result: .object([
            .init("cards", .array(cardID, counts: 0...500), isRequired: true, "The cards."),
            .init("newest", cardID, isRequired: false, "The newest."), .init("is", .boolean, isRequired: true, "b"),
            .init("any", .any, isRequired: false, "a"),
            .init("s", .string(format: nil, pattern: "^a$", lengths: 1...3), isRequired: false, "s"),
        ]), mutates: false, accessText: "anybody", isPublic: true)
    static let refusals = ["card.blocked", "card.notFound"].map {
        OpenRPCDocument.Refusal(
            kind: $0, code: 1000, isRetryable: false, text: ErrorText(nl: "n", en: "e " + $0, fr: "f"))
    }

    static func document(_ methods: [MethodDeclaration], _ refusals: [OpenRPCDocument.Refusal] = refusals)
        -> OpenRPCDocument
    {
        OpenRPCDocument(
            info: .init(title: "t", version: "1.0.0", description: "d"), methods: methods, refusals: refusals)
    }

    @Test func `a method is described with its parameters, errors by code, access and idempotency`() throws {
        let methods = try Self.document([Self.block, Self.list]).json()["methods"]?.array
        let block: JSON = [
            "name": "card.block", "tags": [["name": "Cards"]], "summary": "Blocks a card.", "description": "For good.",
            "paramStructure": "either",
            "params": [
                [
                    "name": "card", "description": "The card.", "required": true,
                    "schema": ["$ref": "#/components/schemas/CardID"],
                ],
                [
                    "name": "reason", "description": "Why.", "required": false,
                    "schema": ["type": "string", "enum": ["lost", "stolen"]],
                ],
                [
                    "name": "idempotencyKey", "description": .string(MethodDeclaration.idempotencyKey.text),
                    "required": true,
                    "schema": ["$ref": "#/components/schemas/IdempotencyKey"],
                ],
            ],
            "result": [
                "name": "result", "schema": ["type": "object", "properties": [:], "additionalProperties": false],
            ],
            "errors": [
                [
                    "code": 1000, "message": "Refused for one of the reasons in the data.",
                    "data": ["kinds": ["card.blocked", "card.notFound"]],
                ],
                [
                    "code": -32009, "message": .string(RPCError.Kind.conflict.text.en),
                    "data": ["kinds": ["version.conflict"]],
                ],
            ],
            "x-access": "counter member", "x-public": false, "x-mutates": true, "x-idempotency": "required",
        ]
        #expect(methods?.first == block)
        let list = try #require(methods?.last)
        #expect(list["params"]?.array?.count == 1 && list["errors"] == nil && list["description"] == nil)
        #expect(list["x-public"] == true && list["x-mutates"] == false && list["x-idempotency"] == "none")
    }

    @Test func `schemas are written as JSON Schema and named ones once, in the order of their names`() throws {
        let json = try Self.document([Self.block, Self.list]).json()
        let schema: JSON = [
            "type": "object",
            "properties": [
                "cards": [
                    "type": "array", "items": ["$ref": "#/components/schemas/CardID"], "minItems": 0, "maxItems": 500,
                    "description": "The cards.",
                ],
                "newest": ["$ref": "#/components/schemas/CardID", "description": "The newest."],
                "is": ["type": "boolean", "description": "b"], "any": ["description": "a"],
                "s": ["type": "string", "pattern": "^a$", "minLength": 1, "maxLength": 3, "description": "s"],
            ],
            "required": ["cards", "is"], "additionalProperties": false,
        ]
        #expect(json["methods"]?.array?.last?["result"]?["schema"] == schema)
        #expect(
            json["methods"]?.array?.last?["params"]?.array?.first?["schema"] == [
                "type": "integer", "minimum": 1, "maximum": 500,
            ])
        let schemas: JSON = [
            "CardID": ["type": "string", "format": "uuid"],
            "IdempotencyKey": ["type": "string", "pattern": "^[\\x20-\\x7E]+$", "minLength": 1, "maxLength": 255],
        ]
        #expect(json["components"]?["schemas"] == schemas)
        #expect(json["openrpc"] == "1.3.2")
        #expect(json["info"] == ["title": "t", "version": "1.0.0", "description": "d"])
    }

    @Test func `every kind of error is listed with its texts`() throws {
        let errors = try Self.document([]).json()["components"]?["errors"]?.object?.members ?? []
        #expect(errors.map(\.name) == RPCError.Kind.allCases.map(\.rawValue) + ["card.blocked", "card.notFound"])
        let blocked: JSON = [
            "code": 1000, "message": "e card.blocked",
            "data": [
                "kind": "card.blocked", "retryable": false, "text": ["nl": "n", "en": "e card.blocked", "fr": "f"],
            ],
        ]
        #expect(errors.first { $0.name == "card.blocked" }?.value == blocked)
    }

    @Test func `the document is the same each time, and its pretty text reads back`() throws {
        let document = Self.document([Self.block, Self.list])
        let pretty = try document.json().pretty
        #expect(try document.json().pretty == pretty)
        #expect(try JSON(reading: pretty) == document.json())
    }

    @Test func `declarations that contradict each other make no document`() {
        func contradiction(_ methods: [MethodDeclaration], _ refusals: [OpenRPCDocument.Refusal] = Self.refusals)
            -> OpenRPCDocument.Contradiction?
        {
            do throws(OpenRPCDocument.Contradiction) {
                _ = try Self.document(methods, refusals).json()
                return nil
            } catch {
                return error
            }
        }
        var other = Self.list
        other.name = "card.other"
        other.result = .named("CardID", .boolean)
        var unknown = Self.list
        unknown.errors = [.init(kind: "card.blocked", code: 1001)]
        #expect(contradiction([Self.block, Self.list]) == nil)
        #expect(contradiction([Self.list, Self.list]) == .methodTwice("card.list"))
        #expect(contradiction([Self.list, other]) == .schemaTwice("CardID"))
        #expect(contradiction([unknown]) == .errorUnknown(method: "card.list", kind: "card.blocked"))
        #expect(contradiction([], Self.refusals + Self.refusals) == .refusalTwice("card.blocked"))
    }
}
