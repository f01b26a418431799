import CardRules
import JSONRPC
import Postgres

/// The cards that entitle to the opportunity tariff at a moment in a card system: those of the export (MEM-13).
///
/// People and groups give two selections each: `valid`, the cards that entitle today; and `touched`, those that may
/// have begun or ceased to since a moment, with whether they do now: perhaps more than changed, never fewer.
struct OpportunityCards {
    let cardSystem: CardSystemID
    let today: CivilDate
    /// How many days a person's status outlives its end date.
    let grace: Int

    /// How far a change may lie back when it becomes visible: what is under way is not seen yet. Jobs may take this
    /// long, calls half a minute.
    private static let overlap = Instant.Span.minutes(10)
    /// No grace is longer, whatever it was.
    private static let longestGrace = CardSystemSettings.Grace.range.upperBound

    init(_ cardSystem: CardSystemID, in call: Call) throws {
        try call.requireCardSystem(cardSystem)
        try call.require(call.serves(cardSystem))
        (self.cardSystem, today) = (cardSystem, Brussels.date(call.now))
        grace = try call.opportunityGrace(in: cardSystem)
    }

    /// Columns `number`, `id`, `is_group_pass`: those that entitle now, after a place, in the order of their numbers.
    func valid(after cursor: PageCursor?, limit: Int) -> SQL {
        let people: SQL = """
            select c.number, c.id, c.is_group_pass from card c
            join membership m on m.card_system_id = c.card_system_id and m.holder_id = c.holder_id
            where c.card_system_id = \(cardSystem) and c.status = 'active' and \(fragment: entitles)
                and \(fragment: Self.follows(cursor)) order by c.number, c.id limit \(limit)
            """
        let groups: SQL = """
            select c.number, c.id, c.is_group_pass from group_pass g join card c on c.group_pass_id = g.id
            where g.card_system_id = \(cardSystem) and \(fragment: entitlesGroup)
                and \(fragment: Self.follows(cursor)) order by c.number, c.id limit \(limit)
            """
        return Self.both(people, groups, limit: limit)
    }

    /// The same columns and `is_valid`: those that may have begun or ceased to entitle since a moment. All cards of
    /// groups are among them, for they are few.
    func touched(since moment: Instant, after cursor: PageCursor?, limit: Int) -> SQL {
        let from = moment - Self.overlap
        let people: SQL = """
            select c.number, c.id, c.is_group_pass,
                c.status = 'active' and coalesce(\(fragment: entitles), false) as is_valid
            from card c join membership m on m.card_system_id = c.card_system_id and m.holder_id = c.holder_id
            where c.id in (
                    select t.id from card t
                    where t.card_system_id = \(cardSystem) and t.changed_at > \(from) and t.status <> 'provisioned'
                    union all
                    select t.id from membership n
                    join card t on t.card_system_id = n.card_system_id and t.holder_id = n.holder_id
                    where n.card_system_id = \(cardSystem) and (\(fragment: touchedMembership(since: from))))
                and (c.status = 'active' or c.changed_at > \(from))
                and (m.opportunity_end_date is not null
                    or exists (select from opportunity_change o where o.membership_id = m.id))
                and \(fragment: Self.follows(cursor))
            order by c.number, c.id limit \(limit)
            """
        let groups: SQL = """
            select c.number, c.id, c.is_group_pass, \(fragment: entitlesGroup) as is_valid
            from group_pass g join card c on c.group_pass_id = g.id
            where g.card_system_id = \(cardSystem) and \(fragment: Self.follows(cursor))
            order by c.number, c.id limit \(limit)
            """
        return Self.both(people, groups, limit: limit)
    }

    private static func both(_ people: SQL, _ groups: SQL, limit: Int) -> SQL {
        """
        select * from ((\(fragment: people)) union all (\(fragment: groups))) card
        order by card.number, card.id limit \(limit)
        """
    }

    /// GRP-03: a group's card entitles while there are tickets, without grace.
    private var entitlesGroup: SQL { "c.status = 'active' and group_pass_available(g, \(today)) > 0" }

    /// OPP-02 to OPP-04 as a condition on a membership `m`.
    private var entitles: SQL {
        """
        m.status = 'active' and m.opportunity_end_date >= \(today.adding(days: -grace))
            and (m.opportunity_suspended_until >= \(today)) is not true
        """
    }

    /// Memberships `n` that were changed, whose end or suspension came with time alone, or whose grace was changed.
    private func touchedMembership(since moment: Instant) -> SQL {
        let day = Brussels.date(moment)
        return """
            n.stands_since > \(moment)
            or n.opportunity_end_date >= \(day.adding(days: -grace))
                and n.opportunity_end_date < \(today.adding(days: -grace))
            or n.opportunity_suspended_until >= \(day) and n.opportunity_suspended_until < \(today)
            or n.opportunity_end_date >= \(day.adding(days: -Self.longestGrace)) and n.opportunity_end_date < \(today)
                and exists (select from card_system s
                    where s.id = n.card_system_id and s.opportunity_grace_changed_at > \(moment))
            """
    }

    private static func follows(_ cursor: PageCursor?) -> SQL {
        cursor.map { "(c.number, c.id) > (\($0.key), \($0.id))" } ?? "true"
    }
}

/// A card of the export.
struct ExportedCard: ResultRecord {
    let id: CardID
    let number: CardNumber
    let type: PassType

    static let fields: [ResultField<ExportedCard>] = [
        .init("cardNumber", "The 13 digits on it.") { $0.number },
        .init("passType", "A person's, or a group's.") { $0.type },
    ]

    init(row: Row) throws {
        id = try row["id"]
        number = try row["number"]
        type = try row["is_group_pass"] ? .group : .individual
    }

    /// Where the next page begins after.
    var place: PageCursor { PageCursor(key: number.text, id: id) }
}
