import CardRules
import JSONRPC
import Postgres

/// How a pass holder stands to an association: a member, once a member, or somebody who could join.
struct AssociationStanding: ResultRecord {
    let association: AssociationRecord
    let membership: AssociationMembershipID?
    let since: Instant?
    let facts: AssociationFacts
    /// The person is a member of the association's card system.
    let isInCardSystem: Bool
    let today: CivilDate

    static let fields: [ResultField<AssociationStanding>] = [
        .init("associationId", "The association.") { $0.association.id },
        .init("associationName", "What it is called.") { $0.association.name },
        .init("cardSystemId", "Whose it is.") { $0.association.cardSystem },
        .init("membershipId", "The membership; absent for who could join.") { $0.membership },
        .init("status", "`none` for one that could join (ASC-02).") { $0.status },
        .init("since", "When it began.") { $0.since },
        .init("endDate", "The last day.") { $0.facts.membership?.endDate },
        .init("endsSoon", "It is active, and less than a month is left: must be shown (R-164).") {
            AssociationRules.endsSoon($0.facts.membership, on: $0.today)
        },
        .init("renewable", "It can be joined or renewed now, by the caller (R-162).") { $0.isOpen },
        .init("renewableFrom", "From which day an active membership can be renewed.") { standing -> CivilDate? in
            standing.status == .active ? AssociationRules.renewableFrom(standing.facts) : nil
        },
        .init("newEndDate", "The end date of joining or renewing now; of a custom one, what is offered.") {
            standing -> CivilDate? in
            standing.isOpen ? AssociationRules.offer(standing.facts, on: standing.today) : nil
        },
    ]

    var status: AssociationStatus { AssociationRules.status(facts.membership, on: today) }

    /// Whether the caller may let the person join or stay.
    var isOpen: Bool { association.mayWrite && isInCardSystem && AssociationRules.isOpen(facts, on: today) }

    init(row: Row, today: CivilDate) throws {
        association = try AssociationRecord(row: row)
        membership = try row["membership_id"]
        since = try row["since"]
        facts = AssociationFacts(
            term: association.term, renewableMonthsBefore: association.renewableMonthsBefore,
            birthDate: try row["date_of_birth"],
            membership: try (row["anchor_date"] as CivilDate?).map {
                AssociationFacts.Membership(anchor: $0, terms: try row["terms"], endDate: try row["end_date"])
            })
        isInCardSystem = try row["is_in_card_system"]
        self.today = today
    }
}

extension Call {
    /// How a person stands to the associations that the caller may read, by name.
    ///
    /// - Parameter association: To this one only.
    func standings(
        of holder: PassHolderID, to association: AssociationID? = nil
    ) throws -> [AssociationStanding] {
        let today = Brussels.date(now)
        return try transaction.query(
            """
            select \(fragment: AssociationRecord.columns), \(fragment: associationRight), h.date_of_birth,
                p.id as membership_id, p.since, p.anchor_date, p.terms, p.end_date,
                exists (select from membership m
                    where m.holder_id = h.id and m.card_system_id = a.card_system_id) as is_in_card_system
            from association a join pass_holder h on h.id = \(holder)
            left join association_membership p
                on p.association_id = a.id and p.holder_id = h.id and p.ended_at is null
            where \(fragment: readableAssociations)
                and (\(association)::uuid is null or a.id = \(association))
            order by lower(a.name), a.id
            """
        ).map { try AssociationStanding(row: $0, today: today) }
    }

    /// How a person stands to an association that the caller may write. The association is held, so that nobody else
    /// lets the same person join.
    func writableStanding(of holder: PassHolderID, to id: AssociationID) throws -> AssociationStanding {
        try requireOwnHolder(holder)
        let association = try association(id, lock: true)
        try require(association.mayWrite)
        audit.cardSystem = association.cardSystem
        audit.object(holder)
        audit.told.append(("associationId", .string(id.text)))
        return try standings(of: holder, to: id)[0]
    }
}
