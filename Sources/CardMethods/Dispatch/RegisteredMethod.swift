import CardRules
import JSONRPC

/// A method as the server sees it: without its types.
public struct RegisteredMethod: Sendable {
    public let declaration: MethodDeclaration
    public let lane: Lane
    let declared: Declaration
    let handler: Handler
    /// How a job runs it for a row of a file; `nil` if it may not.
    private(set) var bulk: BulkForm?

    enum Handler: Sendable {
        /// Answers on the calling thread, or has nothing at hand.
        case memory(@Sendable (JSONObject, Caller, Services) throws -> [UInt8]?)
        /// Hands the call to others, who complete it later.
        case batched(@Sendable (Invocation, @escaping @Sendable (Result<[UInt8], any Error>) -> Void) throws -> Void)
        case waiting(@Sendable (Invocation, Dispatcher) async throws -> [UInt8])
    }

    public var name: String { declaration.name }

    /// Whether everybody may call it and memory answers, such as a ping: then it needs no database, even to know
    /// whether the caller's session goes on.
    var isOpenMemory: Bool {
        guard case .memory = handler else { return false }
        return declaration.isPublic
    }
}

/// One call on its way: which method, by whom, with what.
struct Invocation: Sendable {
    let declaration: Declaration
    let params: JSONObject
    let caller: Caller
    let scope: Scope
    let peer: Peer
    let services: Services

    /// The key under which the answer is kept.
    func idempotencyKey() throws(InvalidParameters) -> IdempotencyKey {
        let pointer = "/" + MethodDeclaration.idempotencyKey.name
        guard let json = params[MethodDeclaration.idempotencyKey.name] else {
            throw InvalidParameters(problems: [
                Problem(pointer: pointer, reason: "is missing: every method that writes takes one")
            ])
        }
        do {
            let text = try IdempotencyKeyText(parameter: json).text
            return IdempotencyKey(cardSystem: caller.home, principal: caller.principal, key: text)
        } catch {
            throw InvalidParameters(problems: [Problem(pointer: pointer, reason: error.reason)])
        }
    }

    /// What tells this call from another under the same key.
    func paramsHash() -> ParamsHash {
        let members = params.members.filter { $0.name != MethodDeclaration.idempotencyKey.name }
        return services.keys.paramsHash(
            method: declaration.name, JSON.object(JSONObject(members)).canonical.bytes)
    }

    func typed<Params: Parameters>(_ type: Params.Type) throws(InvalidParameters) -> Params {
        try Params.read(params, reserved: declaration.effect == .writes ? [MethodDeclaration.idempotencyKey.name] : [])
    }
}

extension JSON {
    /// The same value with the members of all objects in the order of their names.
    var canonical: JSON {
        switch self {
        case .array(let values): .array(values.map(\.canonical))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { .init(name: $0.name, value: $0.value.canonical) }
                        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }))
        default: self
        }
    }
}

extension RegisteredMethod {
    init<M: Method>(_ method: M.Type) {
        self.init(
            M.declaration, M.Params.self, M.Result.answerSchema, lane: M.declaration.effect == .reads ? .read : .write
        ) {
            .waiting { invocation, dispatcher in
                let params = try invocation.typed(M.Params.self)
                return try await dispatcher.perform(invocation) { call in try M.run(params, in: call).jsonBytes }
            }
        }
        if M.declaration.isBulk { bulk = BulkForm(method) }
    }

    init<M: PreparedMethod>(_ method: M.Type) {
        self.init(
            M.declaration, M.Params.self, M.Result.answerSchema, lane: M.declaration.effect == .reads ? .read : .write
        ) {
            .waiting { invocation, dispatcher in
                let params = try invocation.typed(M.Params.self)
                return try await M.run(params, Prelude(invocation: invocation, dispatcher: dispatcher)).bytes
            }
        }
    }

    init<M: MemoryMethod>(_ method: M.Type) {
        self.init(M.declaration, M.Params.self, M.resultSchema, lane: .read) {
            .memory { object, caller, services in try M.answer(M.Params.read(object), caller, services) }
        }
    }

    init<M: BatchedMethod>(_ method: M.Type) {
        self.init(M.declaration, M.Params.self, M.Result.answerSchema, lane: .batched(M.Work.name)) {
            .batched { invocation, completion in
                let params = try invocation.typed(M.Params.self)
                try M.submit(params, invocation, completion)
            }
        }
    }

    private init<Params: Parameters>(
        _ declared: Declaration, _ params: Params.Type, _ result: Schema, lane: Lane, _ handler: () -> Handler
    ) {
        declaration = MethodDeclaration(
            name: declared.name, area: String(declared.name.prefix { $0 != "." }), summary: declared.summary,
            details: declared.allDetails, parameters: Params.properties, result: result,
            mutates: declared.effect == .writes, accessText: declared.access.text,
            errors: declared.refusals.map { DeclaredError(kind: $0.rawValue, code: RPCError.refusalCode) },
            isPublic: declared.access.isPublic)
        self.declared = declared
        self.lane = lane
        self.handler = handler()
    }
}

extension Declaration {
    fileprivate var allDetails: String {
        isBulk ? details + (details.isEmpty ? "" : " ") + "A job may do it in bulk: see `job.create`." : details
    }
}

/// A method whose calls are run together with those of strangers: see `Batches`.
protocol BatchedMethod: Sendable {
    associatedtype Params: Parameters
    associatedtype Result: ResultValue
    /// The batches that the calls join; calls of one kind may overlap on a connection, in their order.
    associatedtype Work: BatchWork

    static var declaration: Declaration { get }
    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws
}
