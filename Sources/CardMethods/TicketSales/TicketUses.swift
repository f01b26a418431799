import CardRules
import Postgres

/// How many tickets somebody took in each of the calendar periods that an instant lies in.
struct TicketUse: Sendable {
    /// By period, in the order of `periods`: tickets, and one more than the highest place that is taken.
    private var counts: [(used: Int, nextSlot: Int)]

    static let periods = PeriodLimit.Period.allCases
    static let none = TicketUse(counts: periods.map { _ in (0, 0) })

    private init(counts: [(used: Int, nextSlot: Int)]) { self.counts = counts }

    init(row: Row) throws {
        let (used, slots): ([Int], [Int]) = (try row["used"], try row["next_slots"])
        counts = Array(zip(used, slots))
    }

    func used(per period: PeriodLimit.Period) -> Int { counts[Self.index(period)].used }
    func nextSlot(per period: PeriodLimit.Period) -> Int { counts[Self.index(period)].nextSlot }

    /// Takes one more place.
    mutating func take() { counts = counts.map { ($0.used + 1, $0.nextSlot + 1) } }

    private static func index(_ period: PeriodLimit.Period) -> Int { periods.firstIndex(of: period)! }
}

/// Reads how many tickets at the opportunity tariff holders took of events, and of the counters that organize them.
/// Reservations count until they lapse, swept or not. Runs where all card systems are visible.
struct TicketUses {
    struct Line: Sendable, Hashable {
        let card: CardName
        let event: EventID
    }

    struct Found: Sendable {
        var ofEvents: [Line: TicketUse] = [:]
        var ofCounters: [CardName: [CounterID: TicketUse]] = [:]
    }

    let lines: [Line]
    let instant: Instant
    /// Whether the instant has passed: then what was sold or ended since is left aside. Of now, all that is there
    /// counts: whoever waited for a lock read the clock before what he waited for was sold.
    let isPast: Bool

    private var items: SQL {
        let chips: [String?] = lines.map { if case .chip(let chip) = $0.card { chip.text } else { nil } }
        let numbers: [String?] = lines.map { if case .number(let number) = $0.card { number.text } else { nil } }
        return """
            unnest(\(chips), \(numbers), \(lines.map(\.event))) with ordinality
                as item (chip, number, event_id, ordinality)
            cross join lateral (
                select c.holder_id from card c where c.chip_number = item.chip and c.holder_id is not null
                union all
                select c.holder_id from card c where c.number = item.number and c.holder_id is not null
            ) as c
            """
    }

    /// Counts in all periods at once, over sales `t`.
    private func counts(_ firstDay: SQL, _ slot: SQL) -> SQL {
        var used: [SQL] = []
        var slots: [SQL] = []
        for period in TicketUse.periods {
            let day = PeriodLimit(volume: 1, per: period)!.period(containing: instant).start
            used.append(
                """
                count(*) filter (where t.sold_at >= \(Brussels.instant(day)) and \(fragment: stands))
                """)
            slots.append("coalesce(max(\(fragment: slot)) filter (where \(fragment: firstDay) = \(day)) + 1, 0)")
        }
        return """
            array[\(fragment: SQL.joined(used, separator: ", "))]::bigint[] as used,
            array[\(fragment: SQL.joined(slots, separator: ", "))]::bigint[] as next_slots
            """
    }

    private var stands: SQL {
        isPast
            ? Self.stood(at: instant)
            : "(t.status = 'confirmed' or t.status = 'reserved' and t.reserved_until > \(instant))"
    }

    /// Sales `t` that stood at an instant of the past.
    static func stood(at instant: Instant) -> SQL {
        """
        t.sold_at <= \(instant) and (t.ended_at is null or t.ended_at > \(instant))
            and (t.status <> 'reserved' or t.reserved_until > \(instant))
        """
    }

    var statements: [SQL] {
        // A limit of the past may be none today.
        let isLimited: SQL = isPast ? "true" : "w.ticket_limit_volume is not null"
        return [
            """
            select item.ordinality - 1 as item, used.* from \(fragment: items)
            cross join lateral (
                select \(fragment: counts("t.event_period_start", "t.event_slot")) from ticket_sale t
                where t.event_id = item.event_id and t.holder_id = c.holder_id and t.tariff = 'opportunity'
            ) as used
            """,
            """
            select item.ordinality - 1 as item, w.id as counter_id, used.* from \(fragment: items)
            join event e on e.id = item.event_id
            join counter w on w.organizer_id = e.organizer_id and \(fragment: isLimited)
            cross join lateral (
                select \(fragment: counts("t.counter_period_start", "t.counter_slot")) from ticket_sale t
                where t.organizer_counter_id = w.id and t.holder_id = c.holder_id and t.tariff = 'opportunity'
            ) as used
            """,
        ]
    }

    func read(_ answers: ArraySlice<Rows>) throws -> Found {
        var found = Found()
        for row in answers[answers.startIndex] {
            found.ofEvents[lines[try row["item"]]] = try TicketUse(row: row)
        }
        for row in answers[answers.startIndex + 1] {
            let line = lines[try row["item"]]
            found.ofCounters[line.card, default: [:]][try row["counter_id"]] = try TicketUse(row: row)
        }
        return found
    }
}
