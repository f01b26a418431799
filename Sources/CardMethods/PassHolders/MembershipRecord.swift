import CardRules
import JSONRPC
import Postgres

extension MembershipStatus: WordParameter, PostgresValue {}

/// A person's membership of a card system.
struct MembershipRecord: ResultRecord {
    let id: MembershipID
    let holder: PassHolderID
    let cardSystem: CardSystemID
    let cardSystemName: String
    let status: MembershipStatus
    let opportunity: OpportunityStatus
    let card: CurrentCard?
    let since: Instant
    let version: Int

    static let fields: [ResultField<MembershipRecord>] = [
        .init("id", "The membership.") { $0.id },
        .init("cardSystemId", "The card system.") { $0.cardSystem },
        .init("cardSystemName", "What that is called.") { $0.cardSystemName },
        .init("status", "Whether it can be used.") { $0.status },
        .init("opportunityStatus", "Whether it entitles to the opportunity tariff today.") {
            OpportunityView(status: $0.opportunity)
        },
        .init("card", "The card that came with it last.") { $0.card },
        .init("since", "When it began.") { $0.since },
        .init("version", "Counts its changes.") { $0.version },
    ]

    static let select: SQL = """
        select m.id, m.holder_id, m.card_system_id, s.name, m.status, m.opportunity_end_date,
            m.opportunity_suspended_until, s.opportunity_grace_days, c.number as card_number, c.type as card_type,
            c.status as card_status, m.since, m.version
        from membership m join card_system s on s.id = m.card_system_id left join card c on c.id = m.current_card_id
        """

    init(row: Row, today: CivilDate) throws {
        id = try row["id"]
        holder = try row["holder_id"]
        cardSystem = try row["card_system_id"]
        cardSystemName = try row["name"]
        status = try row["status"]
        opportunity = OpportunityStatus(
            endDate: try row["opportunity_end_date"], suspendedUntil: try row["opportunity_suspended_until"],
            graceDays: try row["opportunity_grace_days"], on: today)
        if let number: CardNumber = try row["card_number"] {
            card = CurrentCard(number: number, type: try row["card_type"], status: try row["card_status"])
        } else {
            card = nil
        }
        since = try row["since"]
        version = try row["version"]
    }
}

/// The card of a membership.
struct CurrentCard: ResultRecord {
    let number: CardNumber
    let type: CardType
    let status: CardStatus

    static let fields: [ResultField<CurrentCard>] = [
        .init("cardNumber", "The 13 digits on it.") { $0.number },
        .init("cardType", "What it is made of.") { $0.type },
        .init("status", "Where it is in its life.") { $0.status },
    ]
}

/// An opportunity status of a day. Clients go by the status, never by the date (NUM-08).
struct OpportunityView: ResultRecord {
    let status: OpportunityStatus

    static let fields: [ResultField<OpportunityView>] = [
        .init("status", "`none`, `active`, `expired` or `suspended`.") { view -> String in
            switch view.status {
            case .none: "none"
            case .active: "active"
            case .expired: "expired"
            case .suspended: "suspended"
            }
        },
        .init("endDate", "The last entitled day.") { $0.status.endDate },
        .init("inGracePeriod", "The end date has passed, and it still holds (OPP-02).") { view -> Bool in
            if case .active(_, inGracePeriod: true) = view.status { true } else { false }
        },
        .init("suspendedUntil", "The last suspended day.") { view -> CivilDate? in
            if case .suspended(let until, _) = view.status { until } else { nil as CivilDate? }
        },
    ]
}

extension Call {
    /// The memberships of a person in the card systems in which the caller may do this, of the caller himself all; the
    /// oldest first.
    func memberships(of holder: PassHolderID) throws -> [MembershipRecord] {
        try memberships(in: try transaction.query(memberships(selecting: holder)))
    }

    /// The statement that reads them, for a pipeline with others.
    func memberships(selecting holder: PassHolderID) -> SQL {
        let isShown = holder == scope.holder ? "true" : serves(column: "m.card_system_id")
        return """
            \(fragment: MembershipRecord.select)
            where m.holder_id = \(holder) and \(fragment: isShown) order by m.since, m.id
            """
    }

    func memberships(in rows: Rows) throws -> [MembershipRecord] {
        let today = Brussels.date(now)
        return try rows.map { try MembershipRecord(row: $0, today: today) }
    }
}

extension [MembershipRecord] {
    /// NUM-09: of the oldest membership that is active and has an active card.
    var headlineNumber: CardNumber? {
        first { $0.status == .active && $0.card?.status == .active }?.card?.number
    }
}
