import CardRules
import JSONRPC

/// A method of the interface: one type, one file, declared once. Dispatch, validation, permission, OpenRPC, the
/// reference and `ksb` are computed from the declaration.
protocol Method: Sendable {
    associatedtype Params: Parameters
    associatedtype Result: ResultValue

    static var declaration: Declaration { get }

    /// Does the work in the transaction of `call`, synchronously: facts, decision, write. Throws a `Refusal` of a
    /// declared kind; then nothing is changed. Idempotency, audit, tenancy and retries are the dispatcher's.
    static func run(_ params: Params, in call: Call) throws -> Result
}

/// A method that must wait for something outside of the database, such as the slow hash of a password. It opens its
/// transactions through `prelude`, so that the same dispatcher rules hold for them.
protocol PreparedMethod: Sendable {
    associatedtype Params: Parameters
    associatedtype Result: ResultValue

    static var declaration: Declaration { get }
    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer
}

/// A method that is answered from memory, on the thread that read the call: no database, no waiting.
protocol MemoryMethod: Sendable {
    associatedtype Params: Parameters

    static var declaration: Declaration { get }
    static var resultSchema: Schema { get }
    /// The answer as JSON text; `nil` if memory does not have it at hand: the dispatcher then calls `load` and asks
    /// again.
    static func answer(_ params: Params, _ caller: Caller, _ services: Services) throws -> [UInt8]?
}

/// What a method is called and who may call it.
struct Declaration: Sendable {
    enum Effect: Sendable {
        case reads
        /// Changes something: takes an `idempotencyKey`, is audited, runs alone on its connection.
        case writes
        /// Changes the caller's own session only, so that there is nothing to repeat or audit.
        case session
    }

    /// `area.verb`.
    let name: String
    let effect: Effect
    let access: Access
    /// One sentence.
    let summary: String
    /// What else a caller should know.
    let details: String
    /// The kinds that `run` may refuse with.
    let refusals: [RefusalKind]
    /// Whether the answer holds a secret that is shown once: then it is kept sealed.
    let answersSecret: Bool
    /// Whether a job may do it for each row of a file.
    let isBulk: Bool

    init(
        _ name: String, _ effect: Effect, by access: Access, _ summary: String, details: String = "",
        refusals: [RefusalKind] = [], answersSecret: Bool = false, bulk: Bool = false
    ) {
        (self.name, self.effect, self.access, self.summary) = (name, effect, access, summary)
        (self.details, self.refusals, self.answersSecret) = (details, refusals, answersSecret)
        isBulk = bulk
    }
}
