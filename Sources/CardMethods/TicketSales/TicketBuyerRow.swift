import CardRules
import Postgres

/// A card that tickets are bought with, and who buys with it.
struct TicketBuyerRow: Sendable {
    let card: CardID
    let cardNumber: String
    let cardStatus: CardStatus
    let subject: TicketSubject
    /// Neither: a card of nobody.
    let buyer: TicketBuyer?
    let isPersonBlocked: Bool
    /// The group's year was opened: what is left of it is kept.
    let isYearOpen: Bool
    /// The accounts on which municipalities owe their parts.
    var accounts: [MunicipalityID: LedgerAccountID] = [:]

    var hasActiveMembership: Bool {
        switch buyer {
        case .person(let person): person.memberships.contains(where: \.isActive)
        case .group: true
        case nil: false
        }
    }
}

/// A pass holder, or a group.
enum TicketSubject: Sendable, Hashable {
    case holder(PassHolderID)
    case group(GroupPassID, CardSystemID)
    case nobody

    var holder: PassHolderID? { if case .holder(let id) = self { id } else { nil } }
    var group: GroupPassID? { if case .group(let id, _) = self { id } else { nil } }
}

/// Reads the cards of a batch, each once, with the people and groups that they belong to, as they are or were at an
/// instant. Runs where all card systems are visible: a status counts wherever it is (MEM-14, R-130).
struct TicketBuyers {
    let cards: [CardName]
    let instant: Instant
    /// Whether the instant has passed: then histories are read.
    let isPast: Bool

    private var chips: [String?] {
        cards.map { if case .chip(let chip) = $0 { chip.text } else { nil } }
    }

    private var numbers: [String?] {
        cards.map { if case .number(let number) = $0 { number.text } else { nil } }
    }

    /// The rows of the cards, each with the item that it is for.
    private var named: SQL {
        """
        unnest(\(chips), \(numbers)) with ordinality as item (chip, number, ordinality)
        cross join lateral (
            select * from card c where c.chip_number = item.chip
            union all
            select * from card c where c.number = item.number
        ) as c
        """
    }

    /// Locks people by their accounts, then groups: see `BatchWork`.
    var locks: [SQL] {
        [
            """
            select from ledger_account a where a.unit = 'point' and a.owner_id in (
                select c.holder_id from \(fragment: named))
            order by a.id for no key update of a
            """,
            """
            select from group_pass g where g.id in (select c.group_pass_id from \(fragment: named))
            order by g.id for no key update of g
            """,
        ]
    }

    /// The answers of these are what `read` takes.
    var statements: [SQL] { [cardRows, membershipRows] }

    private var cardRows: SQL {
        """
        select item.ordinality - 1 as item, c.id, c.number, c.status, c.card_system_id, c.holder_id,
            h.status = 'blocked' as is_blocked, h.date_of_birth, c.group_pass_id, g.has_opportunity, g.end_date,
            g.tickets_per_year, a.year is not null as is_open, p.municipality_id, account.id as account_id,
            coalesce(\(fragment: remaining), g.tickets_per_year) as remaining
        from \(fragment: named)
        left join pass_holder h on h.id = c.holder_id
        left join group_pass g on g.id = c.group_pass_id
        left join group_allowance a on a.group_pass_id = g.id and a.year = \(Brussels.date(instant).year)
        left join municipality_postal_code p on p.card_system_id = g.card_system_id and p.postal_code = g.postal_code
            and g.country = 'BE'
        left join ledger_account account on account.owner_id = p.municipality_id and account.unit = 'eur'
            and account.kind = \(SettlementAccount.payable.rawValue)
        """
    }

    /// What is left of a year that is open. Reservations count until they lapse, swept or not; of the past what was
    /// sold or ended since is left aside, and a year was open from its first day on.
    private var remaining: SQL {
        let start = PeriodLimit(volume: 1, per: .year)!.period(containing: instant).start
        let bought: SQL = """
            (select count(*)::integer from ticket_sale t where t.group_pass_id = a.group_pass_id
                and t.tariff = 'opportunity' and t.sold_at >= \(Brussels.instant(start))
            """
        guard isPast else {
            return """
                a.remaining + \(fragment: bought) and t.status = 'reserved' and t.reserved_until <= \(instant))
                """
        }
        return """
            (select sum(n.change)::integer from group_allowance_entry n where n.group_pass_id = a.group_pass_id
                and n.year = a.year and (n.reason = 'year' or n.reason <> 'sale' and n.recorded_at <= \(instant)))
                - \(fragment: bought) and \(fragment: TicketUses.stood(at: instant)))
            """
    }

    private var membershipRows: SQL {
        """
        select item.ordinality - 1 as item, m.card_system_id, m.status, \(fragment: opportunityColumns),
            s.opportunity_grace_days, p.municipality_id, account.id as account_id
        from \(fragment: named)
        join membership m on m.holder_id = c.holder_id \(fragment: isPast ? "and m.since <= \(instant)" : "")
        join card_system s on s.id = m.card_system_id
        join pass_holder h on h.id = m.holder_id
        left join municipality_postal_code p on p.card_system_id = m.card_system_id and p.postal_code = h.postal_code
            and h.country = 'BE'
        left join ledger_account account on account.owner_id = p.municipality_id and account.unit = 'eur'
            and account.kind = \(SettlementAccount.payable.rawValue)
        \(fragment: opportunityTables)
        """
    }

    private var opportunityColumns: SQL {
        guard isPast else { return "m.opportunity_end_date, m.opportunity_suspended_until" }
        return """
            case when past.at is not null then past.end_date when later.at is not null then later.previous_end_date
                else m.opportunity_end_date end as opportunity_end_date,
            case when past.at is not null then past.suspended_until when later.at is null
                then m.opportunity_suspended_until end as opportunity_suspended_until
            """
    }

    /// The status as its changes left it at the instant.
    private var opportunityTables: SQL {
        guard isPast else { return "" }
        return """
            left join lateral (select o.at, o.end_date, o.suspended_until from opportunity_change o
                where o.membership_id = m.id and o.at <= \(instant) order by o.at desc, o.id desc limit 1) as past
                on true
            left join lateral (select o.at, o.previous_end_date from opportunity_change o
                where o.membership_id = m.id and o.at > \(instant) order by o.at, o.id limit 1) as later on true
            """
    }

    /// Puts the answers of `statements` together. Cards that do not exist are missing.
    func read(_ answers: ArraySlice<Rows>) throws -> [CardName: TicketBuyerRow] {
        let today = Brussels.date(instant)
        var memberships: [Int: [TicketBuyer.Membership]] = [:]
        var accounts: [Int: [MunicipalityID: LedgerAccountID]] = [:]
        for row in answers[answers.startIndex + 1] {
            let item: Int = try row["item"]
            let municipality: MunicipalityID? = try row["municipality_id"]
            memberships[item, default: []].append(
                TicketBuyer.Membership(
                    cardSystem: try row["card_system_id"], isActive: try row["status"] == MembershipStatus.active,
                    opportunity: OpportunityStatus(
                        endDate: try row["opportunity_end_date"],
                        suspendedUntil: try row["opportunity_suspended_until"],
                        graceDays: try row["opportunity_grace_days"], on: today), municipality: municipality))
            if let municipality, let account: LedgerAccountID = try row["account_id"] {
                accounts[item, default: [:]][municipality] = account
            }
        }
        var buyers: [CardName: TicketBuyerRow] = [:]
        for row in answers[answers.startIndex] {
            let item: Int = try row["item"]
            var buyer = try TicketBuyerRow(row: row, memberships: memberships[item] ?? [], on: today)
            buyer.accounts.merge(accounts[item] ?? [:]) { own, _ in own }
            buyers[cards[item]] = buyer
        }
        return buyers
    }
}

extension TicketBuyerRow {
    fileprivate init(row: Row, memberships: [TicketBuyer.Membership], on today: CivilDate) throws {
        (card, cardNumber, cardStatus) = (try row["id"], try row["number"], try row["status"])
        let cardSystem: CardSystemID = try row["card_system_id"]
        let municipality: MunicipalityID? = try row["municipality_id"]
        if let holder: PassHolderID = try row["holder_id"] {
            subject = .holder(holder)
            let age = Age.years(born: try row["date_of_birth"], on: today)
            buyer = .person(TicketBuyer.Person(age: age, memberships: memberships))
            (isPersonBlocked, isYearOpen) = (try row["is_blocked"], false)
        } else if let group: GroupPassID = try row["group_pass_id"] {
            subject = .group(group, cardSystem)
            buyer = .group(
                TicketBuyer.Group(
                    cardSystem: cardSystem,
                    facts: GroupPassFacts(
                        endDate: try row["end_date"], hasOpportunity: try row["has_opportunity"],
                        remaining: try row["remaining"]), ticketsPerYear: try row["tickets_per_year"],
                    municipality: municipality))
            (isPersonBlocked, isYearOpen) = (false, try row["is_open"])
        } else {
            (subject, buyer, isPersonBlocked, isYearOpen) = (.nobody, nil, false, false)
        }
        if let municipality, let account: LedgerAccountID = try row["account_id"] { accounts[municipality] = account }
    }
}
