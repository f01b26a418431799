import CardRules
import JSONRPC
import Postgres

/// The actions of one scan in one transaction. Each is a batch of one, so that rules, locks and rows are those of the
/// method that does it alone.
struct ScanRun {
    private let params: ScanAct.Params
    private let ticket: BatchTicket
    private let call: Call

    init(_ params: ScanAct.Params, _ ticket: BatchTicket, _ call: Call) {
        (self.params, self.ticket, self.call) = (params, ticket, call)
    }

    func act() throws -> ScanReceipt {
        guard let counter = call.caller.counter else { throw RPCError(.permissionMissing) }
        for action in params.actions where call.caller.scope(holding: action.permission) == nil {
            throw RPCError(.permissionMissing)
        }
        let facts = try facts(counter.id)
        let isKnown = params.event.map { call.services.directory.event($0) != nil } ?? true
        let unknown = [
            facts.card == nil ? Reason(.cardNotFound, at: params.card.pointer) : nil,
            isKnown ? nil : Reason(.eventNotFound, at: "/eventId"),
        ]
        try unknown.compactMap(\.self).refuse()
        call.audit.object(facts.card!)
        call.audit.cardSystem = call.scope.cardSystem(of: counter) ?? counter.cardSystem
        if params.actions.isEmpty { return try ownCheckIn(facts.isAutomatic) }
        let outcomes = try params.actions.enumerated().map { index, action in
            let result = try perform(action).mapError { $0.pointing(atAction: index) }
            return ScanOutcome(kind: action.kind, result: result)
        }
        let failed = outcomes.compactMap(\.refusal?.reasons)
        if let refusal = ScanRules.refusal(isAtomic: params.isAtomic, failed: failed) { throw refusal }
        note(outcomes)
        return ScanReceipt(actions: outcomes)
    }

    /// Locks what all actions will need, in the order of `BatchWork`: each of them locks in that order, but two scans
    /// with the same actions in another order would wait for each other. Then reads what the whole needs.
    private func facts(_ counter: CounterID) throws -> (card: CardID?, isAutomatic: Bool) {
        var (items, advantages): ([TicketItemParams], [AdvantageID]) = ([], [])
        for action in params.actions {
            switch action {
            case .checkIn: break
            case .sell(let item): items.append(item)
            case .redeem(let advantage): advantages.append(advantage)
            }
        }
        let buyers = TicketBuyers(cards: [params.card.name], instant: call.now, isPast: false)
        let locks =
            buyers.locks + CouponSales(selling: items, at: call.now).locks
            + (advantages.isEmpty ? [] : [RedemptionStatements.lock(advantages)])
        let results = try call.asPlatform {
            try call.transaction.run(
                locks + [
                    "select c.id from card c where \(fragment: params.card.condition)",
                    "select automatic_check_in from counter where id = \(counter)",
                ])
        }
        return (try results[locks.count].first.map { try $0[0] }, try results[locks.count + 1][0][0])
    }

    /// What the counter does by itself; nothing where it may not.
    private func ownCheckIn(_ isAutomatic: Bool) throws -> ScanReceipt {
        guard let event = params.event,
            ScanRules.checksIn(isAutomatic: isAutomatic, hasEvent: true, actions: params.actions.count),
            let scope = call.caller.scope(holding: .checkInWrite)
        else { return ScanReceipt(actions: []) }
        let checkIn = try BatchCall(checkingIn: params.card.name, for: event, ticket, scope)
        guard (try? checkIn.requireService(call.services.directory)) != nil else { return ScanReceipt(actions: []) }
        let outcome = ScanOutcome(kind: .checkIn, result: try call.alone(CheckInWork.self, checkIn))
        note([outcome])
        return ScanReceipt(actions: [outcome])
    }

    private func perform(_ action: ScanAction) throws -> Result<DoneAlone, Refusal> {
        guard let scope = call.caller.scope(holding: action.permission) else { throw RPCError(.permissionMissing) }
        switch action {
        case .checkIn(let event):
            let checkIn = try BatchCall(checkingIn: params.card.name, for: event, ticket, scope)
            try checkIn.requireService(call.services.directory)
            return try call.alone(CheckInWork.self, checkIn)
        case .sell(let item):
            let sale = BatchCall(selling: [item], isReservation: false, ticket, scope)
            return try call.asPlatform { try call.alone(TicketSaleWork.self, sale) }
        case .redeem(let advantage):
            let redemption = try BatchCall(giving: advantage, to: params.card.name, ticket, scope)
            return try call.alone(RedemptionWork.self, redemption)
        }
    }

    /// The audit row tells all that was made, in the trails of all whom it concerns.
    private func note(_ outcomes: [ScanOutcome]) {
        if let event = params.event { call.audit.told.append(("eventId", .string(event.text))) }
        var made: [JSON] = []
        for outcome in outcomes {
            guard case .success(let done) = outcome.result else { continue }
            call.audit.also.formUnion(done.chains)
            var members: [JSONObject.Member] = [.init(name: "type", value: .string(outcome.kind.rawValue))]
            if let id = done.trace?.objectID { members.append(.init(name: "id", value: .string(id.text))) }
            made.append(.object(JSONObject(members + (done.trace?.told ?? []))))
        }
        call.audit.told.append(("actions", .array(made)))
    }
}

extension BatchTrace {
    /// What the feed tells beside the object.
    fileprivate var told: [JSONObject.Member] {
        (try? JSON(parsing: Array(details.utf8)))?["told"]?.object?.members ?? []
    }
}

extension Refusal {
    /// The same of an action of several. What all of them share, the action is at fault with.
    fileprivate func pointing(atAction index: Int) -> Refusal {
        Refusal(
            reasons.map { reason in
                var reason = reason
                var own = reason.pointer ?? ""
                if own.hasPrefix("/tickets/0") { own.removeFirst("/tickets/0".count) }
                let isShared = ["/eventId", "/cardNumber", "/chipNumber"].contains(own)
                reason.pointer = "/actions/\(index)" + (isShared ? "" : own)
                return reason
            })!
    }
}
