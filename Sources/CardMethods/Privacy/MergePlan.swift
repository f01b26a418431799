import CardRules
import JSONRPC
import Postgres

/// What a merge does, worked out from the rows of both records, which stay locked until the transaction ends.
struct MergePlan: ResultRecord {
    let facts: (kept: MergeFacts, merged: MergeFacts)
    let memberships: [Membership]
    let cards: [PassCard]
    let points: Int
    let pointsOwed: Int
    let checkIns: Int
    let login: LoginMove
    let differences: [String]

    enum LoginMove: String, WordParameter {
        /// The merged record has no login.
        case none
        case moves
        /// Both have one: each of them leads to the kept record.
        case leads
    }

    static let fields: [ResultField<MergePlan>] = [
        .init("memberships", "What becomes of the merged record's memberships.") { $0.memberships },
        .init("cards", "The cards that come to the kept record, with their history.") { $0.cards },
        .init("points", "The points that come, by transfers of the ledger.") { $0.points },
        .init("pointsOwed", "What of points is owed and comes too.") { $0.pointsOwed },
        .init("checkIns", "The check-ins that come: they count for the limits together.") { $0.checkIns },
        .init("login", "What becomes of the merged record's login.") { $0.login },
        .init("movesInsz", "The kept record gets the INSZ of the merged one.") { $0.movesINSZ },
        .init("differences", "Fields that differ; the kept record's stay.") { $0.differences },
    ]

    var movesINSZ: Bool { facts.merged.hasINSZ && !facts.kept.hasINSZ }

    /// A membership of the merged record.
    struct Membership: ResultRecord {
        let cardSystem: CardSystemID
        let cardSystemName: String
        let how: How
        let after: MergeMembership
        /// The card of the membership then.
        let card: CardID?

        enum How: String, WordParameter {
            /// It becomes the kept record's.
            case moves
            /// The kept record has one there: it takes over what is better.
            case joins
        }

        static let fields: [ResultField<Membership>] = [
            .init("cardSystemId", "Where.") { $0.cardSystem },
            .init("cardSystemName", "What that is called.") { $0.cardSystemName },
            .init("how", "Whether it moves, or joins one that is there.") { $0.how },
            .init("status", "Whether it can be used then.") { $0.after.status },
            .init("opportunityEndDate", "The last entitled day then; absent without a status.") {
                $0.after.opportunityEndDate
            },
            .init("opportunitySuspendedUntil", "The last suspended day then.") { $0.after.suspendedUntil },
        ]
    }
}

/// Two records that are named to be merged.
struct MergePairParams {
    let kept: PassHolderID
    let merged: PassHolderID

    init(from reader: inout ParameterReader) {
        kept = reader.required("kept", "The record that stays, with its own fields.")
        merged = reader.required("merged", "The record that leads to it from then on.")
    }
}

extension Call {
    /// The plan of a merge; refuses with everything that is against it. Works as the platform.
    func mergePlan(_ pair: MergePairParams) throws -> MergePlan {
        let (administered, isOperator) = (scope.administered, scope.isOperator)
        let rows = try transaction.query(
            """
            select h.*, h.insz_sealed is not null as has_insz,
                (select coalesce(array_agg(m.card_system_id), '{}') from membership m where m.holder_id = h.id)
                    as card_systems,
                (select coalesce(sum(a.held_debit + a.held_credit), 0)::bigint from ledger_account a
                    where a.owner_id = h.id) as held,
                exists (select from holder_login l where l.holder_id = h.id) as has_login
            from pass_holder h
            where h.id in (\(pair.kept), \(pair.merged)) and h.merged_into is null and h.removed_at is null
            order by h.id \(fragment: transaction.onlyReads ? "" : "for update of h")
            """)
        func record(_ id: PassHolderID, _ pointer: String) throws -> (row: Row, facts: MergeFacts) {
            let row = try rows.first { try $0["id"] == id }
            let systems = Set(try row?["card_systems"] as [CardSystemID]? ?? [])
            guard let row, isOperator || !systems.isDisjoint(with: administered) else {
                throw Refusal(.passHolderNotFound, at: pointer)
            }
            return (
                row,
                MergeFacts(
                    id: id, hasINSZ: try row["has_insz"], pointsHeld: try row["held"],
                    administersAll: isOperator || systems.isSubset(of: administered))
            )
        }
        let (kept, merged) = (try record(pair.kept, "/kept"), try record(pair.merged, "/merged"))
        try MergeRules.check(kept: kept.facts, merged: merged.facts).refuse()
        return try MergePlan(kept, merged, in: transaction)
    }
}

extension MergePlan {
    fileprivate init(
        _ kept: (row: Row, facts: MergeFacts), _ merged: (row: Row, facts: MergeFacts), in transaction: Transaction
    ) throws {
        let id = merged.facts.id
        let rows = try transaction.run([
            """
            select m.card_system_id, s.name, m.status, m.opportunity_end_date, m.opportunity_suspended_until, m.since,
                m.current_card_id, k.id as kept_id, k.status as kept_status, k.opportunity_end_date as kept_end_date,
                k.opportunity_suspended_until as kept_suspended_until, k.since as kept_since,
                case when c.status is distinct from 'active' and o.status = 'active' then o.id else c.id end as card_id
            from membership m join card_system s on s.id = m.card_system_id
                left join membership k on k.card_system_id = m.card_system_id and k.holder_id = \(kept.facts.id)
                left join card c on c.id = k.current_card_id left join card o on o.id = m.current_card_id
            where m.holder_id = \(id) order by m.since, m.id
            """,
            """
            select c.card_system_id, s.name, c.number, c.type, c.status
            from card c join card_system s on s.id = c.card_system_id where c.holder_id = \(id) order by c.number
            """,
            """
            select coalesce(sum(posted_credit - posted_debit) filter (where kind = 'points.holder'), 0)::bigint,
                coalesce(sum(posted_debit - posted_credit) filter (where kind = 'points.owed'), 0)::bigint,
                (select count(*) from check_in where holder_id = \(id))
            from ledger_account where owner_id = \(id) and unit = 'point'
            """,
        ])
        facts = (kept.facts, merged.facts)
        memberships = try rows[0].map(Membership.init)
        cards = try rows[1].map { row in
            PassCard(
                own: OwnCard(
                    cardSystem: try row["card_system_id"], number: try row["number"], status: try row["status"]),
                cardSystemName: try row["name"], type: try row["type"])
        }
        (points, pointsOwed, checkIns) = (try rows[2][0][0], try rows[2][0][1], try rows[2][0][2])
        let hasLogins = (kept: try kept.row["has_login"] as Bool, merged: try merged.row["has_login"] as Bool)
        login = !hasLogins.merged ? .none : hasLogins.kept ? .leads : .moves
        var differences: [String] = []
        for (field, column) in [
            ("name", "name"), ("firstName", "first_name"), ("email", "email"), ("mobile", "mobile"),
            ("street", "street"), ("postalCode", "postal_code"),
        ] where try kept.row[column] as String? != merged.row[column] { differences.append(field) }
        if try kept.row["date_of_birth"] as CivilDate != merged.row["date_of_birth"] {
            differences.append("dateOfBirth")
        }
        self.differences = differences
    }
}

extension MergePlan.Membership {
    fileprivate init(row: Row) throws {
        let own = MergeMembership(
            status: try row["status"], opportunityEndDate: try row["opportunity_end_date"],
            suspendedUntil: try row["opportunity_suspended_until"], since: try row["since"])
        cardSystem = try row["card_system_id"]
        cardSystemName = try row["name"]
        if try row["kept_id"] as MembershipID? != nil {
            let kept = MergeMembership(
                status: try row["kept_status"], opportunityEndDate: try row["kept_end_date"],
                suspendedUntil: try row["kept_suspended_until"], since: try row["kept_since"])
            (how, after, card) = (.joins, MergeRules.joined(kept, own), try row["card_id"])
        } else {
            (how, after, card) = (.moves, own, try row["current_card_id"])
        }
    }
}
