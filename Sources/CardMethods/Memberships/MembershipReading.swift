import CardRules
import JSONRPC
import Postgres

/// A person's memberships of all card systems, and what the rules must know of them.
struct MembershipReading {
    let holder: PassHolderID
    let issue: IssueReading
    let address: Address
    private let isHolderBlocked: Bool
    private let memberships: [HeldMembership]
    private let activeCards: Set<CardID>
    /// The card systems in whose region the new address lies.
    private let homes: Set<CardSystemID>
    private let newAddress: Address?
    private let municipalities: [MunicipalityFacts]

    /// - Parameter isChanging: Whether the person and the memberships are held until the transaction ends.
    init(
        _ holder: PassHolderID, in cardSystem: CardSystemID, _ params: MembershipChangeParams, isChanging: Bool,
        _ call: Call
    ) throws {
        self.holder = holder
        issue = try IssueReading(
            cardSystem: cardSystem, counter: params.counter, card: params.request.card, in: call)
        let lock: SQL = isChanging ? "for update" : ""
        let newAddress = params.request.newAddress
        self.newAddress = newAddress
        municipalities = newAddress == nil ? [] : try call.municipalityFacts(of: [cardSystem])
        let rows = try call.asPlatform {
            try call.transaction.run([
                // The person first: two card systems that change something at once must see each other.
                """
                select status, street, postal_code, city, country from pass_holder where id = \(holder)
                    \(fragment: lock)
                """,
                """
                select m.id, m.card_system_id, m.status, m.opportunity_end_date, m.opportunity_suspended_until,
                    s.opportunity_grace_days, m.current_card_id, c.number, c.status as card_status
                from membership m join card_system s on s.id = m.card_system_id
                left join card c on c.id = m.current_card_id
                where m.holder_id = \(holder) order by m.since, m.id
                """,
                "select id from card where holder_id = \(holder) and status = 'active'",
                "select card_system_id from municipality_postal_code where postal_code = \(newAddress?.postalCode)",
            ])
        }
        guard let person = rows[0].first else { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
        isHolderBlocked = try person["status"] == MembershipStatus.blocked
        address = try Address(
            street: person["street"], postalCode: person["postal_code"], city: person["city"],
            country: person["country"])
        let today = Brussels.date(call.now)
        memberships = try rows[1].map { try HeldMembership(row: $0, today: today) }
        activeCards = Set(try rows[2].map { try $0[0] })
        homes = Set(try rows[3].map { try $0[0] })
    }

    func membership(of cardSystem: CardSystemID) -> HeldMembership? {
        memberships.first { $0.cardSystem == cardSystem }
    }

    /// - Parameter left: A membership whose status ends with the change, and whose card is blocked with it.
    func facts(leaving left: HeldMembership? = nil) -> MembershipFacts {
        let moves = newAddress.map { $0.belgianPostalCode != address.belgianPostalCode } ?? false
        let blocked = left.flatMap { $0.facts.hasOpportunity && $0.hasOpportunityCard ? $0.card : nil }
        return MembershipFacts(
            issue: issue.facts, isHolderBlocked: isHolderBlocked, address: address,
            existing: membership(of: issue.facts.cardSystem)?.facts,
            hasActiveCard: !activeCards.subtracting([blocked].compactMap(\.self)).isEmpty,
            leavesRegionOfStatus: moves
                && memberships.contains {
                    $0.isStatusValid && $0.cardSystem != left?.cardSystem && !homes.contains($0.cardSystem)
                }, municipalities: municipalities)
    }
}

/// A membership that a person has, of whatever card system.
struct HeldMembership {
    let id: MembershipID
    let cardSystem: CardSystemID
    let facts: MembershipFacts.Existing
    /// The last day of the status; `nil` without one.
    let endDate: CivilDate?
    /// A status that counts, or comes back after its suspension.
    let isStatusValid: Bool
    let card: CardID?
    let cardNumber: CardNumber?
    let cardStatus: CardStatus?

    /// Its card was made for somebody with a status.
    var hasOpportunityCard: Bool { cardNumber?.isOpportunity ?? false }

    init(row: Row, today: CivilDate) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        endDate = try row["opportunity_end_date"]
        facts = MembershipFacts.Existing(
            isBlocked: try row["status"] == MembershipStatus.blocked, hasOpportunity: endDate != nil)
        isStatusValid =
            OpportunityStatus(
                endDate: endDate, suspendedUntil: try row["opportunity_suspended_until"],
                graceDays: try row["opportunity_grace_days"], on: today
            ).isValid
        card = try row["current_card_id"]
        cardNumber = try row["number"]
        cardStatus = try row["card_status"]
    }
}

extension Call {
    /// The person that is named: a member of an own card system, or who shows an active card of another.
    func person(_ name: PersonName) throws -> PassHolderID {
        if let holder = name.holder {
            try requireOwnHolder(holder)
            return holder
        }
        let row = try acrossCardSystems {
            try transaction.first("select holder_id, status from card where number = \(name.heldCard)")
        }
        guard let row else { throw Refusal(.cardNotFound, at: "/heldCardNumber") }
        if var reason = (try row["status"] as CardStatus).reasonAgainstUse {
            reason.pointer = "/heldCardNumber"
            throw Refusal(reason)
        }
        guard let holder: PassHolderID = try row["holder_id"] else {
            throw Refusal(.passHolderNotFound, at: "/heldCardNumber")
        }
        return holder
    }
}
