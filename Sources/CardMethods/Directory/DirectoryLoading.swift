import CardRules
import Postgres

/// Which rows of which tables are read anew.
struct DirectoryChange: Sendable {
    var cardSystems: Set<CardSystemID> = []
    var counters: Set<CounterID> = []
    var pillars: Set<PillarID> = []
    var events: Set<EventID> = []

    var isEmpty: Bool { cardSystems.isEmpty && counters.isEmpty && pillars.isEmpty && events.isEmpty }
}

extension DirectoryState {
    /// Everything, as the platform sees it. Of the events those that are not over: others are read when asked for.
    static func load(_ transaction: Transaction, now: Instant) throws -> DirectoryState {
        var state = DirectoryState()
        try state.readCardSystems(transaction, where: "true")
        try state.readCounters(transaction, where: "true")
        state.index()
        try state.readPillars(transaction, where: "true")
        try state.readEvents(transaction, where: "e.ends_at is null or e.ends_at > \(now - .days(2))")
        try state.readNamedEvents(of: state.pillars.keys, transaction)
        return state
    }

    /// Reads changed rows anew; what is gone is dropped.
    mutating func apply(_ change: DirectoryChange, _ transaction: Transaction) throws {
        for id in change.pillars { pillars[id] = nil }
        if !change.cardSystems.isEmpty {
            try readCardSystems(transaction, where: "s.id = any (\(Array(change.cardSystems)))")
        }
        if !change.counters.isEmpty { try readCounters(transaction, where: "c.id = any (\(Array(change.counters)))") }
        if !change.cardSystems.isEmpty || !change.counters.isEmpty { index() }
        if !change.pillars.isEmpty {
            try readPillars(transaction, where: "p.id = any (\(Array(change.pillars)))")
            try readNamedEvents(of: change.pillars, transaction)
        }
        if !change.events.isEmpty { try readEvents(transaction, where: "e.id = any (\(Array(change.events)))") }
    }

    private mutating func readCardSystems(_ transaction: Transaction, where condition: SQL) throws {
        let rows = try transaction.query(
            """
            select s.id, s.check_in_margin_before_minutes, s.check_in_margin_after_minutes, s.fixed_event_warning_days
            from card_system s where \(fragment: condition)
            """)
        for row in rows {
            cardSystems[try row[0]] = CardSystemEntry(
                margins: CheckInMargins(before: .minutes(try row[1]), after: .minutes(try row[2])),
                warningDays: try row[3])
        }
    }

    private mutating func readCounters(_ transaction: Transaction, where condition: SQL) throws {
        let rows = try transaction.query(
            """
            select c.id, c.card_system_id, c.status = 'active', c.organizer_id, c.location_ids,
                array(select s.card_system_id from counter_card_system s where s.counter_id = c.id)
            from counter c where \(fragment: condition)
            """)
        for row in rows {
            counters[try row[0]] = CounterEntry(
                cardSystem: try row[1], isActive: try row[2], organizer: try row[3], places: try row[4],
                cardSystems: try row[5])
        }
    }

    private mutating func readPillars(_ transaction: Transaction, where condition: SQL) throws {
        let rows = try transaction.query(
            """
            select p.id, p.fixed_event_id, p.chosen_event_id, p.when_fixed_event_ends, p.shows_check_in_code,
                p.card_system_id, array(select k.counter_id from pillar_counter k where k.pillar_id = p.id), p.version,
                p.credential_hash
            from pillar p where p.status = 'active' and (\(fragment: condition))
            """)
        for row in rows {
            let facts = PillarFacts(
                id: try row[0], fixedEvent: try row[1], counterChoice: try row[2],
                whenFixedEventEnds: PillarFacts.WhenFixedEventEnds(rawValue: try row[3])!, showsCheckInCode: try row[4],
                organizers: [], places: [])
            pillars[facts.id] = PillarEntry(
                facts: facts, cardSystem: try row[5], counters: try row[6], version: try row[7],
                credential: try row[8])
        }
    }

    /// Events that pillars name, however long they are over.
    private mutating func readNamedEvents(of pillars: some Sequence<PillarID>, _ transaction: Transaction) throws {
        let named = pillars.compactMap { self.pillars[$0]?.facts }.flatMap { [$0.fixedEvent, $0.counterChoice] }
        let missing = Set(named.compactMap(\.self)).filter { events[$0] == nil }
        if !missing.isEmpty { try readEvents(transaction, where: "e.id = any (\(Array(missing)))") }
    }

    private mutating func readEvents(_ transaction: Transaction, where condition: SQL) throws {
        for row in try transaction.query("\(fragment: EventRecord.select) where \(fragment: condition)") {
            let event = try EventRecord(row: row)
            put(EventEntry(facts: event.facts, checkInCode: event.checkInCode))
        }
    }
}
