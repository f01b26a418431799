import CardRules
import JSONRPC
import Postgres

extension Call {
    /// A counter that is visible: one that works in one of the caller's card systems. Any other is answered like one
    /// that does not exist.
    ///
    /// - Parameter lock: Whether it is held until the transaction ends, as it will be changed.
    /// - Parameter instant: As of when its key and its limit are told; now if there is none.
    func counter(_ id: CounterID, lock: Bool = false, at instant: Instant? = nil) throws -> CounterRecord {
        let row = try transaction.first(
            """
            select \(fragment: CounterRecord.columns) from counter as c_now
            \(fragment: SettingOwner.join("c", at: instant)) where c_now.id = \(id)
            """)
        guard let row else { throw Refusal(.counterNotFound, at: "/counterId") }
        let counter = try CounterRecord(row: row)
        audit.object(id)
        guard lock else { return counter }
        // Only its own card system may hold a counter; others see it, but have nothing to change.
        try require(isOperatorOrIn(counter.cardSystem))
        let held = try transaction.query(
            "select \(fragment: CounterRecord.columns) from counter c where c.id = \(id) for update")
        return try CounterRecord(row: held[0])
    }

    private func isOperatorOrIn(_ cardSystem: CardSystemID) -> Bool {
        scope.isOperator || scope.cardSystems.contains(cardSystem) || caller.home == cardSystem
    }

    /// A counter that the caller administers: through its card system, or through its municipality. It is held until
    /// the transaction ends.
    func administeredCounter(_ id: CounterID) throws -> CounterRecord {
        let counter = try self.counter(id, lock: true)
        try require(administers(counter))
        audit.cardSystem = counter.cardSystem
        return counter
    }

    /// A counter whose staff the caller may see or change: he administers it, or works there with the right to. It is
    /// held until the transaction ends, if it is to be changed.
    func counterOfStaff(_ id: CounterID, lock: Bool) throws -> CounterRecord {
        let counter = try self.counter(id, lock: lock)
        try require(administers(counter) || worksAt(id))
        audit.cardSystem = counter.cardSystem
        return counter
    }

    func administers(_ counter: CounterRecord) -> Bool {
        scope.administers(counter.cardSystem, municipality: counter.municipality)
    }

    /// Whether the caller came in as staff of this counter.
    func worksAt(_ counter: CounterID) -> Bool { caller.counter?.id == counter && !scope.atCounter.isEmpty }

    /// The counter as it is, with its key and its limit as of an instant, as the caller may see it.
    func shownCounter(_ id: CounterID, at instant: Instant? = nil) throws -> CounterRecord {
        try [counter(id, at: instant).shown(to: self)].withCardSystems(transaction)[0]
    }

    /// Refuses a municipality that is not of this card system, or that is not the caller's to give.
    func requireMunicipality(_ id: MunicipalityID?, in cardSystem: CardSystemID) throws {
        guard let id else { return }
        let known = try transaction.first(
            "select from municipality where id = \(id) and card_system_id = \(cardSystem)")
        if known == nil { throw Refusal(.municipalityNotFound, at: "/municipalityId") }
        try require(scope.administers(cardSystem, municipality: id))
    }

    /// Refuses name and key that other counters of the card system have.
    func requireFree(name: String?, key: String?, for id: CounterID, in cardSystem: CardSystemID) throws {
        let row = try transaction.query(
            """
            select coalesce(bool_or(name = \(name)), false) as has_name,
                coalesce(bool_or(key = \(key)), false) as has_key
            from counter where card_system_id = \(cardSystem) and id <> \(id)
            """)[0]
        var reasons: [Reason] = []
        if try row["has_name"] { reasons.append(Reason(.counterNameTaken, at: "/name")) }
        if try row["has_key"] { reasons.append(Reason(.counterKeyTaken, at: "/key")) }
        try reasons.refuse()
    }
}

extension Scope {
    /// In which card system a counter does something that may be done in several: its own, if it holds the permission
    /// there, else the first in which it does; `nil` if it holds it nowhere.
    func cardSystem(of counter: Caller.Counter) -> CardSystemID? {
        atCounter.contains(counter.cardSystem) ? counter.cardSystem : atCounter.min()
    }
}
