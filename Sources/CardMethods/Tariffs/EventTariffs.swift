import CardRules
import Postgres

/// Loads what decides the prices of tickets, for all events of a batch at once: three statements, whatever their
/// number. They must run where all card systems are visible.
struct EventTariffs {
    let events: [EventID]
    /// Which terms, sets and settings hold.
    let instant: Instant
    /// Whether it has passed: then what was set since is left aside.
    let isPast: Bool

    init(of events: some Sequence<EventID>, at instant: Instant, now: Instant) {
        self.events = Set(events).sorted()
        (self.instant, isPast) = (instant, instant < now)
    }

    /// Loads them in a transaction. Events that are not known are missing.
    func load(in transaction: Transaction) throws -> [EventID: EventTariffFacts] {
        try read(transaction.run(statements))
    }

    /// Of a call, whatever card systems it sees.
    func load(for call: Call) throws -> [EventID: EventTariffFacts] {
        try call.asPlatform { try load(in: call.transaction) }
    }

    /// The statements whose answers `read` takes, in their order.
    var statements: [SQL] { [eventRows, cardSystemRows, termRows] }

    private var eventRows: SQL {
        """
        select \(fragment: EventRecord.columns) from event as e_now \(fragment: asOf("e"))
        left join organizer o on o.id = e.organizer_id where e_now.id = any (\(events))
        """
    }

    /// The card systems that each event takes, each with the counter that organizes it there: one that is its own
    /// rather than one that works there too, then the oldest.
    private var cardSystemRows: SQL {
        """
        select event.id as event_id, s.id as card_system_id, s.name, s.opportunity_price_maximum_cents,
            s.ticket_hold_minutes, c.id as counter_id, c.ticket_limit_volume, c.ticket_limit_period,
            case when c.card_system_id = s.id then c.municipality_id end as municipality_id,
            case when c.card_system_id = s.id then c.distribution_key_id end as distribution_key_id,
            coalesce(chosen.distribution_key_ids, '{}') as chosen_ids
        from event
        cross join lateral (
            select distinct on (k.card_system_id) k.card_system_id, w.id as counter_id
            from counter w join counter_card_system k on k.counter_id = w.id where w.organizer_id = event.organizer_id
            order by k.card_system_id, w.card_system_id = k.card_system_id desc, w.created_at, w.id
        ) as works
        join counter c_now on c_now.id = works.counter_id \(fragment: asOf("c"))
        join card_system s_now on s_now.id = works.card_system_id \(fragment: asOf("s"))
        left join lateral (
            select p.id from event_card_system_set p
            where p.event_id = event.id and p.organizer_id = event.organizer_id and p.valid_from <= \(instant)
            order by p.valid_from desc, p.number desc limit 1
        ) as latest on true
        left join event_card_system chosen on chosen.set_id = latest.id and chosen.card_system_id = s.id
        where event.id = any (\(events)) and (latest.id is null or chosen.is_enabled)
        order by event.id, s.id
        """
    }

    /// The terms in force of all keys of those card systems.
    private var termRows: SQL {
        """
        select \(fragment: DistributionKeyTerm.columns) from distribution_key k
        cross join lateral (
            select * from distribution_key_term t
            where t.distribution_key_id = k.id and t.valid_from <= \(instant) order by t.valid_from desc limit 1
        ) as t
        where k.card_system_id in (
            select works.card_system_id from event join counter c on c.organizer_id = event.organizer_id
            join counter_card_system works on works.counter_id = c.id where event.id = any (\(events)))
        """
    }

    /// Makes `name` of the row `name_now`: what was set at the instant laid over what is set now.
    private func asOf(_ name: StaticString) -> SQL {
        let name = SQL(stringLiteral: name)
        return isPast
            ? """
            cross join lateral jsonb_populate_record(\(fragment: name)_now, setting_at(\(fragment: name)_now.id,
                \(instant))) as \(fragment: name)
            """ : "cross join lateral (select \(fragment: name)_now.*) as \(fragment: name)"
    }

    /// Puts the answers of `statements` together.
    func read(_ answers: [Rows]) throws -> [EventID: EventTariffFacts] {
        var terms: [CardSystemID: [DistributionKeyTerm]] = [:]
        for row in answers[2] {
            terms[try row["card_system_id"], default: []].append(try DistributionKeyTerm(row: row))
        }
        var cardSystems: [EventID: [CardSystemTariffFacts]] = [:]
        for row in answers[1] {
            let terms = terms[try row["card_system_id"]] ?? []
            cardSystems[try row["event_id"], default: []].append(try CardSystemTariffFacts(row: row, terms: terms))
        }
        var facts: [EventID: EventTariffFacts] = [:]
        for row in answers[0] {
            let event = try EventRecord(row: row)
            facts[event.facts.id] = EventTariffFacts(
                event: event.facts, prices: event.prices, ticketLimit: event.ticketLimit,
                cardSystems: cardSystems[event.facts.id] ?? [])
        }
        return facts
    }
}

extension CardSystemTariffFacts {
    /// - Parameter terms: In force, of all keys of the card system.
    fileprivate init(row: Row, terms: [DistributionKeyTerm]) throws {
        let chosen: [DistributionKeyID] = try row["chosen_ids"]
        let ofCounter: DistributionKeyID? = try row["distribution_key_id"]
        self.init(
            id: try row["card_system_id"], name: try row["name"],
            keys: EventKeys(
                chosen: terms.filter { chosen.contains($0.key) }, ofCounter: terms.first { $0.key == ofCounter },
                automatic: terms.filter(\.isAutomatic)),
            counter: OrganizingCounter(
                id: try row["counter_id"], municipality: try row["municipality_id"],
                ticketLimit: try PeriodLimit(volume: row["ticket_limit_volume"], period: row["ticket_limit_period"])),
            opportunityPriceMaximum: try row["opportunity_price_maximum_cents"],
            ticketHold: .minutes(try row["ticket_hold_minutes"]))
    }
}
