import CardRules
import JSONRPC
import Postgres

/// One call of a method inside of its transaction. Lives on the connection's thread and leaves it never.
final class Call {
    let transaction: Transaction
    let caller: Caller
    let scope: Scope
    let services: Services
    /// Business time: the one instant that the whole call happens at.
    let now: Instant
    /// Real time, for sessions, tokens and throttles.
    let realNow: Instant
    /// What the audit row will say.
    var audit = AuditNote()

    init(
        _ transaction: Transaction, _ caller: Caller, _ scope: Scope, _ services: Services, now: Instant,
        realNow: Instant
    ) {
        (self.transaction, self.caller, self.scope, self.services) = (transaction, caller, scope, services)
        (self.now, self.realNow) = (now, realNow)
        audit.cardSystem = scope.cardSystems.count == 1 ? scope.cardSystems.first! : caller.home
    }

    /// A new id, ordered by business time.
    func newID<Kind>() -> ID<Kind> { ID(at: now) }

    /// Refuses with `permission.missing`, which a caller gets for what he may know of, but not do.
    func require(_ isAllowed: Bool) throws(RPCError) {
        if !isAllowed { throw RPCError(.permissionMissing) }
    }

    /// Refuses a write that was made against an older state of the record, naming what else was changed since.
    func requireVersion(_ expected: Int?, is current: Int, changed: [String]) throws(RPCError) {
        if let expected, expected != current { throw .conflict(changedFields: changed) }
    }
}

/// The part of an audit row that a method knows. Never a personal value: ids, names of fields, keyed digests.
struct AuditNote {
    var cardSystem: CardSystemID = .nil
    /// Further card systems that the call concerns: the row stands in their chains too.
    var otherCardSystems: [CardSystemID] = []
    var objectID: ID<Never>?
    var changedFields: [String] = []
    /// Other facts, such as the reason that was given.
    var facts: [(name: String, value: String)] = []

    mutating func object<Kind>(_ id: ID<Kind>) { objectID = ID(high: id.high, low: id.low) }

    var details: String {
        JSON.object(
            JSONObject(
                (changedFields.isEmpty ? [] : [.init(name: "fields", value: .array(changedFields.map(JSON.string)))])
                    + facts.map { .init(name: $0.name, value: .string($0.value)) })
        ).text
    }
}
