import CardRules
import JSONRPC
import Postgres

/// What a call of a batched kind did that was carried out within another call.
struct DoneAlone {
    /// The result's JSON text.
    let reply: [UInt8]
    let trace: BatchTrace?
    /// The trails that are to tell it.
    let chains: [CardSystemID]
}

/// Memory is older than the database: to be read anew before the call is run again.
struct OutdatedMemory: Error {}

extension Call {
    /// Carries out one call of a batched kind in this transaction: the work's own statements and rules, for a batch of
    /// one. What came before in the transaction is seen. Its key and audit row are those of this call.
    func alone<Work: BatchWork>(_ kind: Work.Type, _ call: BatchCall<Work.Request>) throws -> Result<DoneAlone, Refusal>
    {
        try Work.looksEverywhere ? acrossCardSystems { try decided(kind, call) } : decided(kind, call)
    }

    private func decided<Work: BatchWork>(
        _ kind: Work.Type, _ call: BatchCall<Work.Request>
    ) throws -> Result<DoneAlone, Refusal> {
        var work = Work([call], services, now: now)
        try work.take(transaction.run(work.reads)[...])
        guard work.isMemoryCurrent(for: 0) else { throw OutdatedMemory() }
        switch work.decide(0) {
        case .done(let reply, let trace):
            try transaction.run(work.writes)
            return .success(DoneAlone(reply: reply, trace: trace, chains: trace.chains ?? [call.cardSystem]))
        case .answered(let reply): return .success(DoneAlone(reply: reply, trace: nil, chains: []))
        case .refused(let refusal): return .failure(refusal)
        case .failed(let error): throw error
        }
    }
}

/// A result that was written before, as it stands within another.
struct WrittenResult<Value: ResultValue>: ResultValue {
    private let bytes: [UInt8]

    /// - Parameter bytes: The JSON text of a `Value`.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static var schema: Schema { Value.schema }
    static var answerSchema: Schema { Value.answerSchema }

    func write(to writer: inout JSONWriter) { writer.raw(bytes) }
}
