import CardRules
import JSONRPC
import Postgres

/// The calls of one batch, from facts to answers: what every kind of work shares.
struct Batch<Work: BatchWork> {
    typealias Call = BatchCall<Work.Request>

    private enum Verdict {
        case open
        case decided(BatchOutcome)
        /// Answered before.
        case stored(Result<[UInt8], any Error>)
        /// Has the key of an earlier call of the batch.
        case sameAs(Int)
        /// Memory is older than the database.
        case postponed
    }

    let calls: [Call]
    /// Calls for which memory is older than the database.
    private(set) var postponed: [Call] = []

    private let now: Instant
    private let keys: Keys
    private var work: Work
    private var verdicts: [Verdict]

    init(_ calls: [Call], _ services: Services, now: Instant) {
        (self.calls, self.now, keys) = (calls, now, services.keys)
        work = Work(calls, services, now: now)
        verdicts = Array(repeating: .open, count: calls.count)
        var first: [IdempotencyKey: Int] = [:]
        for (index, call) in calls.enumerated() {
            guard let key = call.ticket.key else { continue }
            if let other = first[key] { verdicts[index] = .sameAs(other) } else { first[key] = index }
        }
    }

    private var tenants: Set<CardSystemID> {
        var tenants = Set(calls.map(\.cardSystem)).union(calls.compactMap(\.ticket.key?.cardSystem))
        for call in calls where !call.others.isEmpty { tenants.formUnion(call.others) }
        return tenants.subtracting([.nil])
    }

    /// Begins the transaction and reads, in one round trip; that of a work that only reads ends with it.
    mutating func load(from connection: Connection) throws {
        let opening: [SQL] = [
            Work.onlyReads ? "begin read only" : "begin",
            """
            select set_config('ksbd.tenants', \(tenants.map(\.text).joined(separator: ",")), true),
                set_config('ksbd.cross_look_up', \(Work.looksEverywhere ? "on" : ""), true)
            """,
        ]
        if Work.onlyReads {
            let results = try connection.run(opening + work.reads + ["commit"])
            return try work.take(results[2..<results.count - 1])
        }
        let results = try connection.run(opening + [IdempotencyKey.stored(calls.map { $0.ticket.key! })] + work.reads)
        for row in results[2] {
            let index: Int = try row[0]
            let ticket = calls[index].ticket
            verdicts[index] = .stored(
                Result {
                    try ticket.key!.replay(row, method: ticket.method, paramsHash: ticket.paramsHash!, keys).result()
                })
        }
        try work.take(results[3...])
    }

    /// Decides each call in its turn.
    mutating func decide() {
        for index in calls.indices {
            switch verdicts[index] {
            case .stored, .decided, .postponed: break
            case .sameAs(let first): if case .postponed = verdicts[first] { postpone(index) }
            case .open:
                if work.isMemoryCurrent(for: index) {
                    verdicts[index] = .decided(work.decide(index))
                } else {
                    postpone(index)
                }
            }
        }
    }

    private mutating func postpone(_ index: Int) {
        verdicts[index] = .postponed
        postponed.append(calls[index])
    }

    /// Writes, closes the audit chains, and commits, in one round trip. Where nothing was done the transaction is left
    /// to be undone.
    func write(to connection: Connection, realNow: Instant) throws {
        var kept: [(key: IdempotencyKey, answer: StoredAnswer)] = []
        var entries: [(cardSystem: CardSystemID, entry: AuditEntry)] = []
        for (call, verdict) in zip(calls, verdicts) {
            guard case .decided(let outcome) = verdict, let kind = outcome.kind, let reply = outcome.reply else {
                continue
            }
            let ticket = call.ticket
            var answer = StoredAnswer(
                method: ticket.method, paramsHash: ticket.paramsHash!, reply: reply, isRefusal: outcome.trace == nil)
            if ticket.answersSecret, !answer.isRefusal { answer = try ticket.key!.sealed(answer, keys) }
            kept.append((ticket.key!, answer))
            let entry = AuditEntry(
                at: now, caller: ticket.caller, method: ticket.method, outcome: kind,
                objectID: outcome.trace?.objectID, details: outcome.trace?.details ?? "{}")
            for chain in outcome.trace?.chains ?? [call.cardSystem] { entries.append((chain, entry)) }
        }
        guard !kept.isEmpty else {
            return
        }
        var statements = work.writes
        statements.append(IdempotencyKey.keep(kept, at: realNow))
        let chains = Set(entries.map(\.cardSystem))
        // Others' trails are opened last, so that nothing else is seen of them.
        if !chains.subtracting([.nil]).isSubset(of: tenants) {
            statements.append(TenantSetting.visible(tenants.union(chains)))
        }
        statements += AuditTrail.append(entries)
        try connection.commit(statements)
    }

    /// Tells every caller what came of his call.
    func complete() {
        for index in calls.indices { if let result = result(index) { calls[index].ticket.completion(result) } }
    }

    /// Tells those whose answers are stored, and the others that nobody knows.
    func completeStored() {
        for index in calls.indices {
            calls[index].ticket.completion(result(index) ?? .failure(RPCError(.outcomeUnknown)))
        }
    }

    private func result(_ index: Int) -> Result<[UInt8], any Error>? {
        switch verdicts[index] {
        case .open, .postponed: return nil
        case .decided(let outcome): return outcome.result
        case .stored(let result): return result
        case .sameAs(let first):
            // The same key twice in one batch: one call, two answers, unless it was another call.
            let (ticket, other) = (calls[index].ticket, calls[first].ticket)
            guard other.paramsHash == ticket.paramsHash, other.method == ticket.method else {
                return .failure(RPCError(.idempotencyMismatch))
            }
            return result(first) ?? .failure(RPCError(.outcomeUnknown))
        }
    }
}

extension BatchOutcome {
    /// What the audit row says came of it; `nil` for what leaves none.
    fileprivate var kind: String? {
        switch self {
        case .done: "done"
        case .refused(let refusal): refusal.kind.rawValue
        case .answered, .failed: nil
        }
    }

    /// What is kept under the key.
    fileprivate var reply: [UInt8]? {
        switch self {
        case .done(let reply, _): reply
        case .refused(let refusal): RPCError(refusal).bytes
        case .answered, .failed: nil
        }
    }

    fileprivate var trace: BatchTrace? { if case .done(_, let trace) = self { trace } else { nil } }

    fileprivate var result: Result<[UInt8], any Error> {
        switch self {
        case .done(let reply, _), .answered(let reply): .success(reply)
        case .refused(let refusal): .failure(refusal)
        case .failed(let error): .failure(error)
        }
    }
}
