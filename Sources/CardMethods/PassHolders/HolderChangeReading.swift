import CardRules
import Postgres

/// What the rules must know before a pass holder's data are changed.
struct HolderChangeReading {
    let facts: HolderChangeFacts
    private let claim: INSZClaim

    /// - Parameter memberships: Those that the caller may see.
    init(_ fields: HolderFields, of holder: PassHolderID, _ memberships: [MembershipRecord], in call: Call) throws {
        claim = try INSZClaim(fields.insz, in: call)
        if let other = claim.holder, other != holder { call.noteRead(.status, of: other) }
        let cardSystems = memberships.map(\.cardSystem)
        let served = cardSystems.filter(call.serves)
        facts = HolderChangeFacts(
            permissions: served.isEmpty ? nil : Set(served.flatMap { call.permissions(in: $0) }),
            isINSZTaken: claim.holder.map { $0 != holder } ?? false,
            municipalities: fields.address == nil ? [] : try call.municipalityFacts(of: cardSystems),
            statuses: fields.address == nil ? [] : try Self.statuses(of: holder, own: cardSystems, in: call))
    }

    func reasons(_ change: HolderChange, today: CivilDate) -> [Reason] {
        claim.explained(HolderChangeRules.check(change, facts, today: today))
    }

    /// Of all card systems: nobody moves a person out of a region that another card system's status is for.
    private static func statuses(
        of holder: PassHolderID, own cardSystems: [CardSystemID], in call: Call
    ) throws -> [HolderChangeFacts.HeldStatus] {
        let rows = try call.asPlatform {
            try call.transaction.query(
                """
                select m.card_system_id, m.opportunity_end_date, m.opportunity_suspended_until,
                    s.opportunity_grace_days, array(select p.postal_code from municipality_postal_code p
                        where p.card_system_id = m.card_system_id) as postal_codes
                from membership m join card_system s on s.id = m.card_system_id
                where m.holder_id = \(holder) and m.opportunity_end_date is not null order by m.since, m.id
                """)
        }
        return try rows.map { row in
            let cardSystem: CardSystemID = try row["card_system_id"]
            let codes: [BelgianPostalCode] = try row["postal_codes"]
            let status = OpportunityStatus(
                endDate: try row["opportunity_end_date"], suspendedUntil: try row["opportunity_suspended_until"],
                graceDays: try row["opportunity_grace_days"], on: Brussels.date(call.now))
            return .init(
                cardSystem: cardSystem, isOwn: cardSystems.contains(cardSystem), status: status,
                postalCodes: Set(codes))
        }
    }
}

/// Who has an INSZ already, in whatever card system.
struct INSZClaim {
    /// `nil` if nobody has it.
    let holder: PassHolderID?
    /// His or her cards in own card systems: all that is told of who has it (R-031).
    private let cards: [CardRecord]

    init(_ insz: INSZ?, in call: Call) throws {
        guard let insz else {
            (holder, cards) = (nil, [])
            return
        }
        holder = try call.holder(beforeWriting: insz)
        cards = try call.transaction.query(
            """
            select \(fragment: CardRecord.columns) from card c
            where c.holder_id = \(holder) and \(fragment: call.serves(column: "c.card_system_id")) order by c.number
            """
        ).map(CardRecord.init)
    }

    /// The reasons, of which the one about the INSZ names the cards.
    func explained(_ reasons: [Reason]) -> [Reason] {
        reasons.map { reason in
            guard reason.kind == .inszTaken, !cards.isEmpty else { return reason }
            var reason = reason
            reason.details.append(OwnCard.detail(cards.map(\.own)))
            return reason
        }
    }
}

extension Call {
    /// The municipalities of card systems, which are public.
    func municipalityFacts(of cardSystems: [CardSystemID]) throws -> [MunicipalityFacts] {
        let rows = try asPlatform {
            try transaction.query(
                """
                select m.name, array(select p.postal_code from municipality_postal_code p
                    where p.municipality_id = m.id) as postal_codes
                from municipality m where m.card_system_id = any (\(cardSystems)) order by m.name, m.id
                """)
        }
        return try rows.map { row in
            let codes: [BelgianPostalCode] = try row["postal_codes"]
            return MunicipalityFacts(name: try row["name"], postalCodes: Set(codes))
        }
    }
}
