import CardRules
import JSONRPC
import Postgres

/// What a method has that must wait before it writes: its caller, and the way into a transaction.
struct Prelude: Sendable {
    let invocation: Invocation
    let dispatcher: Dispatcher

    var services: Services { invocation.services }
    var caller: Caller { invocation.caller }
    var peer: Peer { invocation.peer }

    /// A transaction under the rules of the declaration: idempotent and audited if it writes.
    func perform<Result: ResultValue>(_ body: @escaping @Sendable (Call) throws -> Result) async throws -> Answer {
        Answer(bytes: try await dispatcher.perform(invocation) { call in try body(call).jsonBytes })
    }

    /// A transaction of its own, for facts that are needed before the slow step.
    func facts<Facts: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Facts) async throws -> Facts {
        try await dispatcher.plain(body)
    }
}

/// What a prepared method answers: its result, or what was stored when the call was made before.
struct Answer: Sendable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }
    init(_ result: some ResultValue) { bytes = result.jsonBytes }
}
