import CardRules
import JSONRPC
import Postgres

/// The calls of one batch, from facts to answers. A later call of the batch sees what an earlier one did.
struct CheckInBatch {
    let calls: [CheckInCall]
    /// Calls for which memory is older than the database.
    private(set) var postponed: [CheckInCall] = []

    private let now: Instant
    private var items: [CheckInItem]
    /// What each holder has, as the batch goes on.
    private var holders: [PassHolderID: HolderState] = [:]
    private var rows: [CheckInRow] = []
    private var transfers = TransferRows()

    /// The balances and places of a holder between two calls of the batch.
    struct HolderState {
        var balance: Int
        var owed: Int
        var taken: [Place: (used: Int, nextSlot: Int)] = [:]

        struct Place: Hashable {
            var event: EventID
            var periodStart: CivilDate
        }
    }

    init(_ calls: [CheckInCall], _ directory: Directory, now: Instant) {
        (self.calls, self.now) = (calls, now)
        items = calls.map { CheckInItem($0, directory, at: now) }
        var first: [IdempotencyKey: Int] = [:]
        for (index, call) in calls.enumerated() {
            if let other = first[call.key] { items[index].verdict = .sameAs(other) } else { first[call.key] = index }
        }
    }

    /// Begins the transaction and reads, in one round trip.
    mutating func load(from connection: Connection, _ keys: Keys) throws {
        let chips = items.map(\.chip)
        let numbers = items.map(\.number)
        let tenants = Set(calls.map(\.cardSystem)).union(calls.map(\.key.cardSystem)).subtracting([.nil])
        let results = try connection.run([
            "begin",
            """
            select set_config('ksbd.tenants', \(tenants.map(\.text).joined(separator: ",")), true),
                set_config('ksbd.cross_look_up', 'on', true)
            """,
            CheckInStatements.stored(calls.map(\.key)),
            CheckInStatements.lock(chips: chips, numbers: numbers),
            CheckInStatements.facts(
                chips: chips, numbers: numbers, events: items.map(\.eventID),
                periods: items.map(\.periodStart), pillars: items.map(\.pillar)),
        ])
        for row in results[2] {
            let index: Int = try row[0]
            items[index].verdict = .stored(
                Result {
                    try calls[index].key.replay(
                        row, method: calls[index].method, paramsHash: calls[index].paramsHash, keys
                    ).result()
                })
        }
        for row in results[4] { try items[try row[0]].take(row) }
    }

    /// Decides each call in its turn.
    mutating func decide() {
        for index in items.indices {
            switch items[index].verdict {
            case .stored, .done, .refused, .postponed: break
            case .sameAs(let first): if case .postponed = items[first].verdict { postpone(index) }
            case .open: if items[index].isMemoryCurrent { decide(index) } else { postpone(index) }
            }
        }
    }

    private mutating func postpone(_ index: Int) {
        items[index].verdict = .postponed
        postponed.append(calls[index])
    }

    private mutating func decide(_ index: Int) {
        let item = items[index]
        guard let card = item.card else {
            items[index].verdict = .refused(
                Refusal([item.noCard] + item.eventReasons)!)
            return
        }
        var state = card.holder.flatMap { holders[$0.id] ?? HolderState(balance: $0.balance, owed: $0.owed) }
        let place = item.event.flatMap { event in
            item.periodStart.map { HolderState.Place(event: event.facts.id, periodStart: $0) }
        }
        let taken = place.flatMap { state?.taken[$0] } ?? (used: card.used, nextSlot: card.nextSlot)
        let facts = CheckInFacts(
            cardStatus: card.status, isGroupPass: card.isGroupPass,
            holder: card.holder.map {
                CheckInFacts.Holder(
                    isBlocked: $0.isBlocked, hasActiveMembership: $0.isMember, usedInPeriod: taken.used,
                    nextSlot: taken.nextSlot, balance: state!.balance, pointsOwed: state!.owed)
            },
            limit: item.event?.facts.checkInLimit, eventPoints: item.event?.facts.checkInPoints ?? 0,
            eventReasons: item.eventReasons)
        switch CheckInRules.decide(facts, at: now) {
        case .failure(let refusal):
            items[index].verdict = .refused(refusal)
        case .success(let decision):
            state!.balance = decision.newBalance
            state!.owed = decision.newOwed
            if let place { state!.taken[place] = (taken.used + 1, taken.nextSlot + 1) }
            holders[card.holder!.id] = state
            accept(index, decision, card, item.event!)
        }
    }

    private mutating func accept(
        _ index: Int, _ decision: CheckInDecision, _ card: CheckInItem.Card, _ event: DirectoryState.EventEntry
    ) {
        let call = calls[index]
        let row = CheckInRow(call, decision, card, event.facts.id, id: ID(at: now))
        rows.append(row)
        for flow in decision.flows {
            transfers.add(
                flow, of: card.holder!.accounts, reason: "checkIn", group: row.id.any, reference: row.id.any,
                cardSystem: call.cardSystem, at: now)
        }
        let receipt = CheckInReceipt(
            id: row.id, eventID: event.facts.id, eventName: event.facts.name, cardNumber: card.number,
            points: decision.points, totalPoints: decision.shownBalance, checkedInAt: now)
        items[index].verdict = .done(row.id, receipt.jsonBytes)
    }

    /// Writes, closes the audit chains, and commits, in one round trip.
    mutating func write(to connection: Connection, _ keys: Keys, realNow: Instant) throws {
        var kept: [(key: IdempotencyKey, answer: StoredAnswer)] = []
        var entries: [(cardSystem: CardSystemID, entry: AuditEntry)] = []
        for (call, item) in zip(calls, items) {
            guard let outcome = item.outcome else { continue }
            kept.append(
                (
                    call.key,
                    StoredAnswer(
                        method: call.method, paramsHash: call.paramsHash, reply: outcome.reply,
                        isRefusal: outcome.id == nil)
                ))
            entries.append(
                (
                    call.cardSystem,
                    AuditEntry(
                        at: now, caller: call.caller, method: call.method, outcome: outcome.kind,
                        objectID: outcome.id?.any, details: "{}")
                ))
        }
        guard !kept.isEmpty else {
            _ = try connection.run(["rollback"])
            return
        }
        var statements: [SQL] = []
        if !rows.isEmpty { statements += [CheckInStatements.insert(rows, at: now)] + transfers.statements(at: now) }
        statements.append(IdempotencyKey.keep(kept, at: realNow))
        statements += AuditTrail.append(entries)
        _ = try connection.run(statements + ["commit"])
    }

    /// Tells every caller what came of his call.
    func complete() {
        for index in items.indices { if let result = result(index) { calls[index].completion(result) } }
    }

    /// Tells those whose answers are stored, and the others that nobody knows.
    func completeStored() {
        for (index, item) in items.enumerated() {
            if case .open = item.verdict {
                calls[index].completion(.failure(RPCError(.outcomeUnknown)))
            } else if let result = result(index) {
                calls[index].completion(result)
            }
        }
    }

    private func result(_ index: Int) -> Result<[UInt8], any Error>? {
        switch items[index].verdict {
        case .open, .postponed: return nil
        case .done(_, let reply): return .success(reply)
        case .refused(let refusal): return .failure(refusal)
        case .stored(let result): return result
        case .sameAs(let first):
            // The same key twice in one batch: one call, two answers, unless it was another call.
            guard calls[first].paramsHash == calls[index].paramsHash, calls[first].method == calls[index].method else {
                return .failure(RPCError(.idempotencyMismatch))
            }
            return result(first) ?? .failure(RPCError(.outcomeUnknown))
        }
    }
}

extension CheckInRow {
    init(_ call: CheckInCall, _ decision: CheckInDecision, _ card: CheckInItem.Card, _ event: EventID, id: CheckInID) {
        self.init(
            id: id, cardSystem: call.cardSystem, event: event, holder: card.holder!.id, card: card.id,
            counter: call.place.counter, pillar: call.place.pillar, account: call.caller.accountID,
            points: decision.points, periodStart: decision.periodStart, slot: decision.slot)
    }
}
