import CardRules
import JSONRPC
import Postgres

/// An advantage that the caller may change.
struct HeldAdvantage {
    let id: AdvantageID
    let cardSystem: CardSystemID
    let draft: AdvantageDraft
    let unitsTaken: Int
    let codesLeft: Int
    let version: Int
}

extension Call {
    /// Whether the caller stands over a card system, over a municipality of it, or at a counter of it.
    func knowsOwner(_ cardSystem: CardSystemID) -> Bool {
        scope.isOperator || scope.cardSystems.contains(cardSystem)
    }

    /// An advantage that the caller may change. One of another card system, and one that was deleted, answer like one
    /// that does not exist.
    ///
    /// - Parameter lock: Whether it is held until the transaction ends, as it will be changed.
    func heldAdvantage(_ id: AdvantageID, lock: Bool = true) throws -> HeldAdvantage {
        let locking: SQL = lock ? "for no key update of a" : ""
        let row = try transaction.first(
            """
            select \(fragment: AdvantageRecord.columns) from advantage a
            where a.id = \(id) and a.status <> 'deleted' \(fragment: locking)
            """)
        guard let row, knowsOwner(try row["card_system_id"]) else {
            throw Refusal(.advantageNotFound, at: "/advantageId")
        }
        let held = HeldAdvantage(
            id: id, cardSystem: try row["card_system_id"], draft: try AdvantageDraft(row: row),
            unitsTaken: try row["units_taken"], codesLeft: try row["codes_left"], version: try row["version"])
        audit.cardSystem = held.cardSystem
        audit.object(id)
        try requireMayWrite(held.draft, of: held.cardSystem)
        return held
    }

    /// An administrator of the card system writes any advantage of it; one of a municipality those that this offers at
    /// its counters; staff those of their own counter.
    func requireMayWrite(_ draft: AdvantageDraft, of cardSystem: CardSystemID) throws {
        if scope.administers(cardSystem) { return }
        let counters = draft.terms.counters
        if scope.atCounter.contains(cardSystem), let own = caller.counter?.id, counters == [own] { return }
        guard let municipality = draft.municipality, scope.municipalities[municipality] == cardSystem,
            !counters.isEmpty
        else { throw RPCError(.permissionMissing) }
        let elsewhere = try transaction.query(
            """
            select count(*) from unnest(\(counters.sorted())) as given (id)
            where not exists (select from counter c where c.id = given.id and c.municipality_id = \(municipality))
            """)
        try require(try elsewhere[0][0] as Int == 0)
    }

    /// ADV-03: everything that a draft names and that it cannot name.
    ///
    /// - Parameters:
    ///   - old: What it named before may stay.
    ///   - fields: In whose order the reasons point.
    func reasons(
        against draft: AdvantageDraft, of cardSystem: CardSystemID, old: AdvantageDraft? = nil,
        named fields: AdvantageFields
    ) throws -> [Reason] {
        let named = try NamedByAdvantage(draft, of: cardSystem, in: transaction)
        var reasons: [Reason] = []
        if draft.municipality != nil, !named.isOffered {
            reasons.append(Reason(.municipalityNotFound, at: "/municipalityId"))
        }
        if case .set(let ids) = fields.cardSystems {
            for (index, id) in ids.enumerated() where old?.terms.cardSystems?.contains(id) != true {
                if knowsOwner(id), named.cardSystems.contains(id) { continue }
                reasons.append(Reason(.cardSystemNotFound, at: "/cardSystemIds/\(index)"))
            }
        }
        for (index, id) in (fields.municipalities ?? []).enumerated() where !named.municipalities.contains(id) {
            reasons.append(Reason(.municipalityNotFound, at: "/residentsOf/\(index)"))
        }
        for (index, id) in (fields.counters ?? []).enumerated() where !named.working.contains(id) {
            let kind = named.counters.contains(id) ? RefusalKind.counterNotInCardSystem : .counterNotFound
            reasons.append(Reason(kind, at: "/counterIds/\(index)"))
        }
        return reasons
    }

    /// Writes down what an advantage says from now on.
    func recordHistory(of advantage: AdvantageID) throws {
        try transaction.execute(
            """
            insert into advantage_history (id, card_system_id, advantage_id, version, valid_from, recorded_by, terms)
            select \(newID() as ID<Never>), a.card_system_id, a.id, a.version, \(now), \(caller.accountID), to_jsonb(a)
            from advantage a where a.id = \(advantage)
            """)
    }
}

/// What there is of what an advantage names, as far as it is visible.
private struct NamedByAdvantage {
    let counters: Set<CounterID>
    /// The counters that work in a card system whose members may take it.
    let working: Set<CounterID>
    let municipalities: Set<MunicipalityID>
    let cardSystems: Set<CardSystemID>
    /// The municipality that offers it is of its card system.
    let isOffered: Bool

    init(_ draft: AdvantageDraft, of cardSystem: CardSystemID, in transaction: Transaction) throws {
        let counters = draft.terms.counters.sorted()
        let cardSystems = draft.terms.cardSystems?.sorted()
        let row = try transaction.query(
            """
            select array(select c.id from counter c where c.id = any (\(counters))) as counters,
                array(select s.counter_id from counter_card_system s where s.counter_id = any (\(counters))
                    and (\(cardSystems == nil) or s.card_system_id = any (\(cardSystems)))) as working,
                array(select m.id from municipality m
                    where m.id = any (\(draft.terms.municipalities.sorted()))
                        and (\(cardSystems == nil) or m.card_system_id = any (\(cardSystems)))) as municipalities,
                array(select s.id from card_system s where s.id = any (\(cardSystems))) as card_systems,
                exists (select from municipality m
                    where m.id = \(draft.municipality) and m.card_system_id = \(cardSystem)) as is_offered
            """)[0]
        self.counters = Set(try row["counters"] as [CounterID])
        working = Set(try row["working"] as [CounterID])
        municipalities = Set(try row["municipalities"] as [MunicipalityID])
        self.cardSystems = Set(try row["card_systems"] as [CardSystemID])
        isOffered = try row["is_offered"]
    }
}
