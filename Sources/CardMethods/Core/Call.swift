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
    /// Other card systems whom it concerns, such as those where the person is a member too: their trails get the row as
    /// well, and so their feeds.
    var also: Set<CardSystemID> = []
    private(set) var objectID: ID<Never>?
    private(set) var objectKind: String?
    var changedFields: [String] = []
    /// What stays in the trail, such as the reason that was given.
    var facts: [(name: String, value: String)] = []
    /// What the change feed tells too: ids, words of ours, numbers; never what somebody typed.
    var told: [(name: String, value: JSON)] = []
    /// Nothing was changed: somebody looked at what is written down who looks at. The feed does not tell it.
    var isLook = false
    /// Who was looked for by INSZ: written down though the call is refused, and what it did undone with it.
    var reads: [SQL] = []

    /// The trails that get the row: of a refusal the card system's own only.
    func chains(of outcome: String) -> [CardSystemID] {
        [cardSystem] + (outcome == "done" ? also.subtracting([cardSystem]) : [])
    }

    /// What it is about. The kind of the id says what kind of thing that is.
    mutating func object<Kind>(_ id: ID<Kind>) {
        objectID = ID(high: id.high, low: id.low)
        let kind = String(describing: Kind.self)
        guard kind.hasSuffix("Kind") else { return }
        objectKind = kind.prefix(1).lowercased() + kind.dropFirst().dropLast("Kind".count)
    }

    /// Cards that took a step together, however many: which ones, their histories tell.
    mutating func tell(cards count: Int, are status: String) {
        told.append(("count", .integer(Int64(count))))
        told.append(("status", .string(status)))
    }

    /// The names are those that `FeedEntry` reads.
    var details: String {
        var members: [JSONObject.Member] = []
        if let objectKind { members.append(.init(name: "object", value: .string(objectKind))) }
        if isLook { members.append(.init(name: "look", value: true)) }
        if !changedFields.isEmpty {
            members.append(.init(name: "fields", value: .array(changedFields.map(JSON.string))))
        }
        if !told.isEmpty {
            let told = told.map { JSONObject.Member(name: $0.name, value: $0.value) }
            members.append(.init(name: "told", value: .object(JSONObject(told))))
        }
        return JSON.object(JSONObject(members + facts.map { .init(name: $0.name, value: .string($0.value)) })).text
    }
}
