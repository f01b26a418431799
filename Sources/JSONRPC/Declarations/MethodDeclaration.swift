/// All that is known of a method without calling it: what OpenRPC, the reference and the command line show.
public struct MethodDeclaration: Sendable, Hashable {
    /// `area.verb`.
    public var name: String
    /// What it belongs to, the same word for all methods of one folder.
    public var area: String
    /// One line.
    public var summary: String
    public var details: String
    /// What the method declares, in the order that positional parameters follow.
    public var parameters: [Schema.Property]
    public var result: Schema
    /// Whether it changes anything, and so takes an idempotency key.
    public var mutates: Bool
    /// Who may call it, in words.
    public var accessText: String
    /// The refusals that are its own, beside those that every method may give.
    public var errors: [DeclaredError]
    /// Whether it is shown to callers that have not logged in.
    public var isPublic: Bool

    public init(
        name: String, area: String, summary: String, details: String = "", parameters: [Schema.Property],
        result: Schema, mutates: Bool, accessText: String, errors: [DeclaredError] = [], isPublic: Bool = false
    ) {
        self.name = name
        self.area = area
        self.summary = summary
        self.details = details
        self.parameters = parameters
        self.result = result
        self.mutates = mutates
        self.accessText = accessText
        self.errors = errors
        self.isPublic = isPublic
    }

    /// The parameter that every method which changes something takes beside its own.
    public static let idempotencyKey = Schema.Property(
        "idempotencyKey",
        .named("IdempotencyKey", .string(format: nil, pattern: "^[\\x20-\\x7E]+$", lengths: 1...255)),
        isRequired: true,
        "Names this call: when it is repeated under the same key, it is carried out once and answered alike.")

    /// The parameters as a caller sends them.
    public var allParameters: [Schema.Property] { mutates ? parameters + [Self.idempotencyKey] : parameters }
}

/// A way in which a method refuses.
public struct DeclaredError: Sendable, Hashable {
    public var kind: String
    public var code: Int

    public init(kind: String, code: Int) { (self.kind, self.code) = (kind, code) }
}
