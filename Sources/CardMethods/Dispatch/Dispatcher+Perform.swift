import CardRules
import JSONRPC
import Postgres

/// A refusal that was answered before under the same key.
struct StoredRefusal: Error {
    let error: RPCError
}

extension Dispatcher {
    /// Runs a body in its transaction, under the declaration's rules.
    func perform(_ invocation: Invocation, _ body: @escaping @Sendable (Call) throws -> [UInt8]) async throws -> [UInt8]
    {
        guard invocation.declaration.effect == .writes else {
            return try await retrying { try await self.transact(invocation, opening: invocation.opening, body) }
        }
        return try await write(invocation, body)
    }

    /// A transaction that belongs to no card system, for sessions and accounts.
    func plain<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await retrying {
            try await self.services.database.transaction(deadline: self.deadline, body)
        }
    }

    private var deadline: Duration { .seconds(services.settings.callDeadlineSeconds) }

    private func transact(
        _ invocation: Invocation, opening: [SQL], _ body: @escaping @Sendable (Call) throws -> [UInt8]
    ) async throws -> [UInt8] {
        let services = services
        return try await services.database.transaction(opening: opening, deadline: deadline) { transaction in
            try body(
                Call(
                    transaction, invocation.caller, invocation.scope, services, now: services.clock.now,
                    realNow: services.clock.realNow))
        }
    }

    private func write(_ invocation: Invocation, _ body: @escaping @Sendable (Call) throws -> [UInt8]) async throws
        -> [UInt8]
    {
        let key = try invocation.idempotencyKey()
        let method = invocation.declaration.name
        let hash = invocation.paramsHash()
        do {
            let bytes = try await retrying { [services] in
                try await self.transact(invocation, opening: invocation.opening) { call in
                    if let row = try call.transaction.first(key.lookUp) {
                        throw Replay(answer: try key.replay(row, method: method, paramsHash: hash, services.keys))
                    }
                    let bytes: [UInt8]
                    do { bytes = try body(call) } catch let refusal as Refusal {
                        throw RefusedCall(refusal: refusal, reads: call.audit.reads)
                    }
                    var answer = StoredAnswer(method: method, paramsHash: hash, reply: bytes, isRefusal: false)
                    if invocation.declaration.answersSecret { answer = try key.sealed(answer, services.keys) }
                    let kept = IdempotencyKey.keep([(key, answer)], at: call.realNow)
                    services.failpoints.reach(.beforeCommit)
                    try call.transaction.finish(with: [kept] + invocation.trail(of: call, method: method))
                    services.failpoints.reach(.afterCommit)
                    return bytes
                }
            }
            await settle()
            return bytes
        } catch let replay as Replay {
            return try replay.answer.result()
        } catch let refused as RefusedCall {
            return try await keep(refused, invocation, key, hash)
        } catch let error as PostgresError where error.constraint == "idempotency_once" {
            // The same call came in twice at once, and the other one was first.
            return try await replay(invocation, key, hash)
        } catch let error as PostgresError {
            guard let refusal = ConstraintRefusals.refusal(for: error) else { throw error }
            return try await keep(RefusedCall(refusal: refusal, reads: []), invocation, key, hash)
        } catch let unknown as CommitOutcomeUnknown where !unknown.isCommittedHere {
            return try await replay(invocation, key, hash)
        }
    }

    /// A refusal is an answer too: it is kept under its key and audited, in a transaction that changes nothing else.
    private func keep(_ refused: RefusedCall, _ invocation: Invocation, _ key: IdempotencyKey, _ hash: ParamsHash)
        async throws
        -> [UInt8]
    {
        let refusal = refused.refusal
        let reply = RPCError(refusal).bytes
        let method = invocation.declaration.name
        do {
            _ = try await retrying {
                try await self.transact(invocation, opening: invocation.opening) { call in
                    let answer = StoredAnswer(method: method, paramsHash: hash, reply: reply, isRefusal: true)
                    let kept = IdempotencyKey.keep([(key, answer)], at: call.realNow)
                    let entry = AuditEntry(call, method: method, outcome: refusal.kind.rawValue)
                    try call.transaction.finish(
                        with: [kept] + refused.reads + AuditTrail.append([(call.audit.cardSystem, entry)]))
                    return []
                }
            }
        } catch let error as PostgresError where error.constraint == "idempotency_once" {
            return try await replay(invocation, key, hash)
        }
        throw refusal
    }

    /// What stands under the key; `outcomeUnknown` if nothing does, for then nobody can tell.
    private func replay(_ invocation: Invocation, _ key: IdempotencyKey, _ hash: ParamsHash) async throws -> [UInt8] {
        let method = invocation.declaration.name
        let answer = try await retrying { [services] in
            try await services.database.transaction(opening: invocation.opening, deadline: self.deadline) {
                transaction in
                try transaction.first(key.lookUp).map {
                    try key.replay($0, method: method, paramsHash: hash, services.keys)
                }
            }
        }
        guard let answer else { throw RPCError(.outcomeUnknown) }
        return try answer.result()
    }

    /// Waits until the daemon's own memory has heard of the change, so that the next call sees it wherever it is
    /// answered.
    private func settle() async {
        let platform = try? await services.database.read(deadline: deadline) { transaction in
            let row = try transaction.query("select change_sequence, clock_offset_microseconds from platform")[0]
            return (sequence: try row[0] as Int64, clockOffset: Instant.Span(microseconds: try row[1]))
        }
        guard let platform else { return }
        services.clock.adopt(offset: platform.clockOffset)
        await services.directory.reached(platform.sequence)
    }

    /// Tries again what PostgreSQL says may succeed then: serialisation failures and deadlocks.
    private func retrying<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        for attempt in 1... {
            do {
                return try await body()
            } catch let error as PostgresError where error.isRetryable && attempt <= 3 {
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...20) * attempt))
            }
        }
        fatalError("The loop ends by returning or throwing.")
    }
}

/// Leaves the transaction of a call that is refused.
private struct RefusedCall: Error {
    let refusal: Refusal
    let reads: [SQL]
}

/// Leaves the transaction of a call that was answered before.
private struct Replay: Error {
    let answer: StoredAnswer
}

extension StoredAnswer {
    /// The stored result, or the stored refusal thrown.
    func result() throws -> [UInt8] {
        if isRefusal { throw StoredRefusal(error: try RPCError(stored: reply)) }
        return reply
    }
}

extension AuditEntry {
    init(_ call: Call, method: String, outcome: String) {
        self.init(
            at: call.now, caller: call.caller, method: method, outcome: outcome, objectID: call.audit.objectID,
            details: call.audit.details)
    }
}

extension Invocation {
    /// Writes what was done into the trails of all whom it concerns. Others' trails are opened last, so that nothing
    /// else is seen of them.
    fileprivate func trail(of call: Call, method: String) -> [SQL] {
        let entry = AuditEntry(call, method: method, outcome: "done")
        let chains = call.audit.chains(of: entry.outcome)
        let isOwn = scope.isOperator || tenants.isSuperset(of: chains.filter { !$0.isNil })
        let opening = isOwn ? [] : [TenantSetting.visible(tenants.union(chains))]
        return opening + AuditTrail.append(chains.map { ($0, entry) })
    }

    /// The caller's own card system is always among them: that is where his idempotency keys are.
    private var tenants: Set<CardSystemID> { scope.cardSystems.union(caller.home.isNil ? [] : [caller.home]) }

    /// Names the tenants and the person that the transaction may see, or takes the platform's role.
    var opening: [SQL] {
        if scope.isOperator { return ["select set_config('role', 'ksbd_platform', true)"] }
        return [TenantSetting.visible(tenants)]
            + (scope.holder.map { ["select set_config('ksbd.holder', \($0.text), true)"] } ?? [])
    }
}

/// Which card systems a transaction may see.
enum TenantSetting {
    static func visible(_ tenants: Set<CardSystemID>) -> SQL {
        "select set_config('ksbd.tenants', \(tenants.sorted().map(\.text).joined(separator: ",")), true)"
    }
}

extension Call {
    /// Does what concerns all card systems: public lists, and what the platform keeps for everyone. The body must give
    /// the caller nothing that is a card system's own.
    func asPlatform<Value>(_ body: () throws -> Value) throws -> Value {
        if scope.isOperator { return try body() }
        _ = try transaction.query("select set_config('role', 'ksbd_platform', true)")
        let value = try body()
        _ = try transaction.query("select set_config('role', 'ksbd_app', true)")
        return value
    }

    /// Looks up cards, memberships and people of all card systems by an exact number, as passes are used everywhere.
    func acrossCardSystems<Value>(_ body: () throws -> Value) throws -> Value {
        _ = try transaction.query("select set_config('ksbd.cross_look_up', 'on', true)")
        let value = try body()
        _ = try transaction.query("select set_config('ksbd.cross_look_up', '', true)")
        return value
    }
}
