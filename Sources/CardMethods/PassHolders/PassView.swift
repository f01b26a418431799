import CardRules
import JSONRPC
import Postgres

/// What a pass was named by.
enum PassNaming: String, WordParameter {
    case cardNumber, chipNumber, insz, login
}

/// A pass that was looked up. Of other card systems it tells what is needed to save and spend points, and no more.
struct PassView: ResultRecord {
    let naming: PassNaming
    let number: CardNumber
    let type: PassType
    let cardSystem: CardSystemID
    let cardSystemName: String
    let holder: PassHolderID?
    /// NUM-06: of a group its name.
    let firstName: String?
    let group: GroupPassID?
    let availableTickets: Int?
    let postalCode: String?
    let points: Int
    let memberships: [MembershipRecord]
    let cards: [PassCard]
    let messages: [PassMessage]

    static let fields: [ResultField<PassView>] = [
        .init("identifiedBy", "What the pass was found by: the card itself, or the person.") { $0.naming },
        .init("cardNumber", "The card that was used; by INSZ or login, the one of the oldest active membership.") {
            $0.number
        },
        .init("passType", "A person's, or a group's.") { $0.type },
        .init("cardSystemId", "Whose card it is.") { $0.cardSystem },
        .init("cardSystemName", "What that is called.") { $0.cardSystemName },
        .init("passHolderId", "Whose pass it is, if he or she is a member of an own card system.") { $0.holder },
        .init("firstName", "The first name; of a group pass the group's name (NUM-06).") { $0.firstName },
        .init("groupPassId", "Which group pass it is, if it is of an own card system (R-010).") { $0.group },
        .init("availableTickets", "What that group may still buy this calendar year.") { $0.availableTickets },
        .init("postalCode", "Where the person or the group lives.") { $0.postalCode },
        .init("points", "The balance, in points; negative while something is owed.") { $0.points },
        .init("memberships", "Those in own card systems, with their opportunity status.") { $0.memberships },
        .init("cards", "All cards of the person in own card systems; the one that was used is among them.") {
            $0.cards
        },
        .init("messages", "Must be shown (GEN-06).") { $0.messages },
    ]
}

/// One of the cards of a person whose pass was looked up.
struct PassCard: ResultRecord {
    let own: OwnCard
    let cardSystemName: String
    let type: CardType

    static let fields: [ResultField<PassCard>] = [
        .init("cardNumber", "The 13 digits on it.") { $0.own.number },
        .init("cardType", "What it is made of.") { $0.type },
        .init("status", "Where it is in its life.") { $0.own.status },
        .init("cardSystemId", "Whose card it is.") { $0.own.cardSystem },
        .init("cardSystemName", "What that is called.") { $0.cardSystemName },
    ]
}

/// Whose pass it is.
enum PassType: String, WordParameter {
    case individual, group
}

extension PassMessage: ResultRecord {
    public static let fields: [ResultField<PassMessage>] = [
        .init("level", "How much it matters.") { $0.level },
        .init("text", "For people.") { $0.text },
    ]
}

extension Call {
    /// The pass that a card opens, whatever its card system; refuses one that cannot be used (NUM-02, NUM-04, NUM-05).
    ///
    /// - Parameters:
    ///   - condition: Which row of `card c` it is.
    ///   - naming: What it was found by.
    ///   - pointer: The parameter that names the pass.
    func pass(where condition: SQL, by naming: PassNaming, pointer: String) throws -> PassView {
        let today = Brussels.date(now)
        let row = try acrossCardSystems {
            try transaction.first(
                """
                select c.number, c.status, c.is_group_pass, c.card_system_id, s.name, c.holder_id,
                    coalesce(h.first_name, g.name) as first_name, coalesce(h.postal_code, g.postal_code) as postal_code,
                    h.status as holder_status, c.group_pass_id, g.end_date, g.has_opportunity,
                    \(fragment: GroupPassRecord.remaining(on: today)) as remaining,
                    \(fragment: PointsBalance.shown(of: "c.holder_id")) as points,
                    \(fragment: PointsBalance.owed(by: "c.holder_id")) as owed
                from card c join card_system s on s.id = c.card_system_id left join pass_holder h on h.id = c.holder_id
                    left join group_pass g on g.id = c.group_pass_id
                where \(fragment: condition)
                """)
        }
        guard let row else { throw Refusal(.cardNotFound, at: pointer) }
        let holder: PassHolderID? = try row["holder_id"]
        let (memberships, cards) = try holder.map(membershipsAndCards(of:)) ?? ([], [])
        let cardSystem: CardSystemID = try row["card_system_id"]
        let group: GroupPassID? = try serves(cardSystem) ? row["group_pass_id"] : nil
        let facts = PassFacts(
            cardStatus: try row["status"],
            holder: try holder.map {
                PassFacts.Holder(
                    id: $0, isBlocked: try row["holder_status"] == MembershipStatus.blocked,
                    isOwn: !memberships.isEmpty, cards: cards.map(\.own))
            }, ownGroup: group)
        try facts.reasons(pointer: pointer).refuse()
        let groupFacts = try group.map { _ in
            GroupPassFacts(
                endDate: try row["end_date"], hasOpportunity: try row["has_opportunity"],
                remaining: try row["remaining"])
        }
        // The status that matters at this counter: of the card's own membership, else of the oldest.
        let membership = memberships.first { $0.cardSystem == cardSystem } ?? memberships.first
        return PassView(
            naming: naming, number: try row["number"], type: try row["is_group_pass"] ? .group : .individual,
            cardSystem: cardSystem,
            cardSystemName: try row["name"], holder: memberships.isEmpty ? nil : holder,
            firstName: try row["first_name"], group: group,
            availableTickets: groupFacts?.availableTickets(on: today), postalCode: try row["postal_code"],
            points: try row["points"], memberships: memberships, cards: cards,
            messages: PassMessage.messages(
                opportunity: membership?.opportunity ?? .none,
                blockedIn: memberships.filter { $0.status == .blocked }.map(\.cardSystemName),
                pointsOwed: try row["owed"], group: groupFacts, today: today))
    }

    /// The pass of a person, in own card systems only: by the card of the oldest membership that can be used, and
    /// without one by a card that tells why not.
    func pass(of holder: PassHolderID, by naming: PassNaming, pointer: String) throws -> PassView {
        let memberships = try memberships(of: holder)
        guard !memberships.isEmpty else { throw Refusal(.passHolderNotFound, at: pointer) }
        guard let number = memberships.headlineNumber ?? memberships.compactMap(\.card).first?.number else {
            throw Refusal(.cardNotFound, at: pointer)
        }
        return try pass(where: "c.number = \(number)", by: naming, pointer: pointer)
    }

    /// A person's memberships and cards in the card systems in which the caller may do this.
    private func membershipsAndCards(of holder: PassHolderID) throws -> ([MembershipRecord], [PassCard]) {
        let rows = try transaction.run([
            memberships(selecting: holder),
            """
            select c.card_system_id, s.name, c.number, c.type, c.status
            from card c join card_system s on s.id = c.card_system_id
            where c.holder_id = \(holder) and \(fragment: serves(column: "c.card_system_id")) order by c.number
            """,
        ])
        let cards = try rows[1].map { row in
            PassCard(
                own: OwnCard(
                    cardSystem: try row["card_system_id"], number: try row["number"], status: try row["status"]),
                cardSystemName: try row["name"], type: try row["type"])
        }
        return (try memberships(in: rows[0]), cards)
    }
}
