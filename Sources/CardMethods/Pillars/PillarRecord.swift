import CardRules
import JSONRPC
import Postgres

/// A pillar as its administrators and counters see it.
struct PillarRecord: ResultRecord {
    let id: PillarID
    let cardSystem: CardSystemID
    let name: String
    let status: String
    let counters: [CounterID]
    let showsCheckInCode: Bool
    let whenFixedEventEnds: WhenFixedEventEnds
    let fixedEvent: EventID?
    let chosenEvent: EventID?
    let deviceID: String?
    let firstLoginAt: Instant?
    let version: Int
    /// KIO-10: what to do about a fixed event that ends.
    var warning: FixedEventWarningView?

    static let fields: [ResultField<PillarRecord>] = [
        .init("id", "The pillar.") { $0.id },
        .init("cardSystemId", "Whose it is.") { $0.cardSystem },
        .init("name", "What it is called, such as CID-EEK-001.") { $0.name },
        .init("status", "`active`, or `retired` for good.") { $0.status },
        .init("counterIds", "The counters whose events it may show.") { $0.counters },
        .init("showsCheckInCode", "Whether it shows a QR code to check in by phone.") { $0.showsCheckInCode },
        .init("whenFixedEventEnds", "What it does while the fixed event takes no check-ins.") { $0.whenFixedEventEnds },
        .init("fixedEventId", "Set by an administrator; wins over all.") { $0.fixedEvent },
        .init("chosenEventId", "Chosen by a counter; wins over the automatic choice.") { $0.chosenEvent },
        .init("deviceId", "The device that was set up; absent before.") { $0.deviceID },
        .init("firstLoginAt", "When the device first logged in.") { $0.firstLoginAt },
        .init("warning", "Set days before the fixed event ends.") { $0.warning },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    static let select: SQL = """
        select p.id, p.card_system_id, p.name, p.status,
            array(select k.counter_id from pillar_counter k where k.pillar_id = p.id order by 1) as counters,
            p.shows_check_in_code, p.when_fixed_event_ends, p.fixed_event_id, p.chosen_event_id, p.device_id,
            p.first_login_at, p.set_up_code_hash is not null as has_code, p.version
        from pillar p
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        status = try row["status"]
        counters = try row["counters"]
        showsCheckInCode = try row["shows_check_in_code"]
        whenFixedEventEnds = WhenFixedEventEnds(rawValue: try row["when_fixed_event_ends"])!
        fixedEvent = try row["fixed_event_id"]
        chosenEvent = try row["chosen_event_id"]
        deviceID = try row["device_id"]
        firstLoginAt = try row["first_login_at"]
        version = try row["version"]
    }

    /// The pillar with its warning, by the events and settings that memory holds.
    func warned(_ call: Call) -> PillarRecord {
        var pillar = self
        guard let id = fixedEvent, let event = call.services.directory.event(id) else { return pillar }
        let days = call.services.directory.fixedEventWarningDays(of: cardSystem)
        pillar.warning = PillarRules.fixedEventWarning(event.facts, at: call.now, warningDays: days)
            .map(FixedEventWarningView.init)
        return pillar
    }
}

/// What a strict or lenient pillar does: `PillarFacts.WhenFixedEventEnds` as a parameter.
typealias WhenFixedEventEnds = PillarFacts.WhenFixedEventEnds

extension PillarFacts.WhenFixedEventEnds: WordParameter {}

/// KIO-10 for people: the fixed event ends soon, or is over.
struct FixedEventWarningView: ResultRecord {
    let kind: String
    let lastEnd: Instant?
    let days: Int?

    static let fields: [ResultField<FixedEventWarningView>] = [
        .init("kind", "`endsSoon` or `over`.") { $0.kind },
        .init("lastEnd", "The end of the last opening; absent if it never had one.") { $0.lastEnd },
        .init("days", "How many days from now that is; 0 is today.") { $0.days },
    ]

    init(_ warning: PillarRules.FixedEventWarning) {
        switch warning {
        case .endsSoon(let lastEnd, let days): (kind, self.lastEnd, self.days) = ("endsSoon", lastEnd, days)
        case .over(let lastEnd): (kind, self.lastEnd, days) = ("over", lastEnd, nil)
        }
    }
}

extension Call {
    /// A pillar that the caller may see: any of his card systems, or one at his counter. Locked if it is to be changed.
    func pillar(_ id: PillarID, lock: Bool = false) throws -> PillarRecord {
        let found =
            lock
            ? try transaction.first("\(fragment: PillarRecord.select) where p.id = \(id) for update of p")
            : try transaction.first("\(fragment: PillarRecord.select) where p.id = \(id)")
        guard let row = found else { throw Refusal(.pillarNotFound) }
        let pillar = try PillarRecord(row: row)
        audit.cardSystem = pillar.cardSystem
        audit.object(id)
        let isAtCounter = caller.counter.map { pillar.counters.contains($0.id) } ?? false
        try require(scope.administers(pillar.cardSystem) || isAtCounter)
        return pillar
    }

    /// What the rules know of a pillar, as the transaction sees it.
    func facts(of pillar: PillarRecord) throws -> PillarFacts {
        let row = try transaction.query(
            """
            select coalesce(array_agg(c.organizer_id) filter (where c.organizer_id is not null), '{}'),
                array(select unnest(d.location_ids) from counter d where d.id = any (\(pillar.counters)))
            from counter c where c.id = any (\(pillar.counters))
            """)[0]
        let organizers: [OrganizerID] = try row[0]
        let places: [PlaceID] = try row[1]
        return PillarFacts(
            id: pillar.id, fixedEvent: pillar.fixedEvent, counterChoice: pillar.chosenEvent,
            whenFixedEventEnds: pillar.whenFixedEventEnds, showsCheckInCode: pillar.showsCheckInCode,
            organizers: Set(organizers), places: Set(places))
    }

    /// Refuses an event that the pillar cannot show (KIO-05).
    func requireAcceptable(_ event: EventID, for pillar: PillarRecord) throws {
        let facts = try transaction.first("\(fragment: EventRecord.select) where e.id = \(event)").map {
            try EventRecord(row: $0).facts
        }
        let reasons = PillarRules.acceptability(of: facts, for: try self.facts(of: pillar), at: now)
        try reasons.map { reason in
            var reason = reason
            reason.pointer = "/eventId"
            return reason
        }.refuse()
    }
}
