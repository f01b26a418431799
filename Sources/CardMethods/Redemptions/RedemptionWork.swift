import CardRules
import JSONRPC
import Postgres

/// Redemptions that are run together, from facts to rows. A later call of the batch sees what an earlier one took.
struct RedemptionWork: BatchWork {
    static let name = "redemption"
    // Points are spent everywhere (MEM-14).
    static let looksEverywhere = true

    private let calls: [BatchCall<RedemptionRequest>]
    private let now: Instant
    private var items: [RedemptionItem]
    private var shelves: [AdvantageID: Shelf] = [:]
    /// What each holder has, as the batch goes on.
    private var holders: [PassHolderID: Purse] = [:]
    private var taken = RedemptionWrites()
    private var transfers = TransferRows()

    /// What is left of an advantage between two calls of the batch.
    private struct Shelf {
        let entry: AdvantageEntry
        var stock: RedemptionFacts.Stock
        var codes: ArraySlice<(id: AdvantageCodeID, code: String)> = []
    }

    /// What a holder has between two calls of the batch.
    private struct Purse {
        var balance: Int
        var taken: [AdvantageID: (count: Int, nextSlot: Int)] = [:]
    }

    init(_ calls: [BatchCall<RedemptionRequest>], _ services: Services, now: Instant) {
        (self.calls, self.now) = (calls, now)
        items = calls.map { RedemptionItem($0.request) }
    }

    var reads: [SQL] {
        let (chips, numbers, holders) = (items.map(\.chip), items.map(\.number), items.map(\.holderID))
        let periods = Periods(containing: now)
        var counts: [AdvantageID: Int] = [:]
        for item in items { counts[item.advantage, default: 0] += 1 }
        let ids = counts.keys.sorted()
        return [
            RedemptionStatements.lockAccounts(chips: chips, numbers: numbers, holders: holders),
            RedemptionStatements.lockScarce(ids),
            RedemptionStatements.advantages(ids, periods),
            RedemptionStatements.codes(ids, ids.map { counts[$0]! }),
            RedemptionStatements.facts(
                chips: chips, numbers: numbers, holders: holders, advantages: items.map(\.advantage), periods),
        ]
    }

    mutating func take(_ results: ArraySlice<Rows>) throws {
        let (locked, advantages, codes, facts) = (
            results[results.startIndex + 1], results[results.startIndex + 2], results[results.startIndex + 3],
            results[results.startIndex + 4]
        )
        taken.locked = Set(try locked.map { try $0[0] })
        for row in advantages {
            let entry = try AdvantageEntry(row: row)
            shelves[entry.id] = Shelf(entry: entry, stock: entry.stock)
        }
        for row in codes { shelves[try row[0]]?.codes.append((try row[1], try row[2])) }
        // A code that is just being made void by somebody else is not to be had.
        for id in shelves.keys where shelves[id]!.codes.isEmpty { shelves[id]!.stock.codesLeft = 0 }
        for row in facts { try items[try row[0]].take(row) }
    }

    mutating func decide(_ index: Int) -> BatchOutcome {
        let (call, item) = (calls[index], items[index])
        guard let shelf = shelves[item.advantage], shelf.entry.isKnown(in: call.cardSystems) else {
            return .refused(
                Refusal([Reason(.advantageNotFound, at: "/advantageId"), item.noTaker].compactMap(\.self))!)
        }
        let facts = facts(item, shelf)
        if let reason = item.noTaker {
            return .refused(Refusal([reason] + AdvantageRules.reasons(facts, at: now))!)
        }
        switch AdvantageRules.decide(facts, at: now) {
        case .failure(let refusal): return .refused(refusal)
        case .success(let decision): return accept(call, decision, item, shelf)
        }
    }

    /// The facts of a call, with what earlier calls of the batch took.
    private func facts(_ item: RedemptionItem, _ shelf: Shelf) -> RedemptionFacts {
        var holder = item.holder?.facts
        if let id = item.holder?.id, let purse = holders[id] {
            holder!.balance = purse.balance
            if let before = purse.taken[item.advantage] { (holder!.takenInPeriod, holder!.nextSlot) = before }
        }
        return RedemptionFacts(
            advantage: shelf.entry.terms, stock: shelf.stock, place: item.place, card: item.card?.facts, holder: holder)
    }

    private mutating func accept(
        _ call: BatchCall<RedemptionRequest>, _ decision: RedemptionDecision, _ item: RedemptionItem, _ shelf: Shelf
    ) -> BatchOutcome {
        let (entry, holder) = (shelf.entry, item.holder!)
        let code = decision.takesCode ? shelf.codes.first : nil
        let cardSystem = call.cardSystem(taking: entry.terms)
        let row = RedemptionRow(
            id: ID(at: now), cardSystem: cardSystem, advantage: entry, holder: holder.id, card: item.card,
            counter: item.place.counter, account: call.ticket.caller.accountID, code: code?.id, decision: decision)
        taken.add(row)
        for flow in decision.flows {
            transfers.add(
                flow, of: holder.accounts, reason: "redemption", group: row.id.any, reference: row.id.any,
                cardSystem: cardSystem, at: now)
        }
        take(decision, item, holder)
        let receipt = RedemptionReceipt(
            id: row.id, advantage: entry, holder: holder.id, cardNumber: item.card?.number, points: decision.points,
            totalPoints: decision.newBalance - holder.facts.pointsOwed, redeemedAt: now, code: code?.code)
        return .done(receipt.jsonBytes, BatchTrace(row.note))
    }

    /// What the next calls of the batch see.
    private mutating func take(
        _ decision: RedemptionDecision, _ item: RedemptionItem, _ holder: RedemptionItem.Holder
    ) {
        shelves[item.advantage]!.stock.unitsTaken += 1
        shelves[item.advantage]!.stock.takenInPeriod += 1
        if decision.takesCode {
            shelves[item.advantage]!.codes.removeFirst()
            shelves[item.advantage]!.stock.codesLeft -= 1
        }
        var purse = holders[holder.id] ?? Purse(balance: holder.facts.balance)
        purse.balance = decision.newBalance
        let before = purse.taken[item.advantage] ?? (holder.facts.takenInPeriod, holder.facts.nextSlot)
        purse.taken[item.advantage] = (before.count + 1, before.nextSlot + 1)
        holders[holder.id] = purse
    }

    var writes: [SQL] { transfers.statements(at: now) + taken.statements(at: now) }
}

extension BatchCall<RedemptionRequest> {
    /// The card system in which an advantage is taken: the counter's own, if its members may take it.
    func cardSystem(taking terms: AdvantageTerms) -> CardSystemID {
        terms.applies(to: cardSystem) ? cardSystem : others.filter(terms.applies).min() ?? cardSystem
    }
}

extension RedemptionRow {
    /// What its audit rows tell: of the card system in which it was taken, and of that whose the advantage is.
    var note: AuditNote {
        var note = AuditNote()
        note.cardSystem = cardSystem
        note.also = [advantage.owner]
        note.object(id)
        note.told = [
            ("advantageId", .string(advantage.id.text)), ("passHolderId", .string(holder.text)),
            ("points", .integer(Int64(decision.points))),
        ]
        if decision.isCodeStockLow { note.told.append(("codeStockLow", true)) }
        return note
    }
}

extension RedemptionFacts.Place {
    var counter: CounterID? { if case .counter(let id, _) = self { id } else { nil } }
}
