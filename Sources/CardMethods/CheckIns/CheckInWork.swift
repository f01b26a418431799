import CardRules
import JSONRPC
import Postgres

/// Check-ins that are run together, from facts to rows. A later call of the batch sees what an earlier one did.
struct CheckInWork: BatchWork {
    static let name = "checkIn"
    // Points are saved everywhere (MEM-14).
    static let looksEverywhere = true

    private let calls: [BatchCall<CheckInRequest>]
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

    init(_ calls: [BatchCall<CheckInRequest>], _ services: Services, now: Instant) {
        (self.calls, self.now) = (calls, now)
        items = calls.map { CheckInItem($0.request, services.directory, at: now) }
    }

    var reads: [SQL] {
        let chips = items.map(\.chip)
        let numbers = items.map(\.number)
        return [
            CheckInStatements.lock(chips: chips, numbers: numbers),
            CheckInStatements.facts(
                chips: chips, numbers: numbers, events: items.map(\.eventID),
                periods: items.map(\.periodStart), pillars: items.map(\.pillar)),
        ]
    }

    mutating func take(_ results: ArraySlice<Rows>) throws {
        for row in results.last! { try items[try row[0]].take(row) }
    }

    func isMemoryCurrent(for index: Int) -> Bool { items[index].isMemoryCurrent }

    static func refresh(for calls: [BatchCall<CheckInRequest>], _ services: Services) async throws {
        try await services.directory.reload()
        // Events that are over are not among what was read.
        for event in calls.compactMap(\.request.place.namedEvent) where services.directory.event(event) == nil {
            try await services.directory.load(event: event)
        }
    }

    var writes: [SQL] {
        rows.isEmpty ? [] : [CheckInStatements.insert(rows, at: now)] + transfers.statements(at: now)
    }

    mutating func decide(_ index: Int) -> BatchOutcome {
        let item = items[index]
        guard let card = item.card else {
            return .refused(Refusal([item.noCard] + item.eventReasons)!)
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
            return .refused(refusal)
        case .success(let decision):
            state!.balance = decision.newBalance
            state!.owed = decision.newOwed
            if let place { state!.taken[place] = (taken.used + 1, taken.nextSlot + 1) }
            holders[card.holder!.id] = state
            return accept(calls[index], decision, card, item.event!)
        }
    }

    private mutating func accept(
        _ call: BatchCall<CheckInRequest>, _ decision: CheckInDecision, _ card: CheckInItem.Card,
        _ event: DirectoryState.EventEntry
    ) -> BatchOutcome {
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
        return .done(receipt.jsonBytes, BatchTrace(row.id.any))
    }
}

extension CheckInRow {
    init(
        _ call: BatchCall<CheckInRequest>, _ decision: CheckInDecision, _ card: CheckInItem.Card, _ event: EventID,
        id: CheckInID
    ) {
        self.init(
            id: id, cardSystem: call.cardSystem, event: event, holder: card.holder!.id, card: card.id,
            counter: call.request.place.counter, pillar: call.request.place.pillar,
            account: call.ticket.caller.accountID,
            points: decision.points, periodStart: decision.periodStart, slot: decision.slot)
    }
}
