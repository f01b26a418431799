import CardRules
import JSONRPC
import Postgres

/// A pass holder who is named by one of three keys, and the card system whose opportunity status it is about (R-085).
struct NamedHolder: Sendable {
    let cardSystem: CardSystemID
    let key: Key
    /// The parameter that named the person.
    let pointer: String

    enum Key: Sendable {
        case id(PassHolderID)
        case cardNumber(CardNumber)
        case insz(INSZ)
    }

    init(from reader: inout ParameterReader) {
        cardSystem = reader.required("cardSystemId", "Whose opportunity status; others stay as they are (R-085).")
        let id: PassHolderID? = reader.optional("passHolderId", "The person. Or give one of the next two.")
        let number: CardNumber? = reader.optional("cardNumber", "A card that is the person's, whether it is blocked.")
        let insz: INSZ? = reader.optional("insz", "The person's national register number.")
        let given = [
            id.map { ("/passHolderId", .id($0)) }, number.map { ("/cardNumber", .cardNumber($0)) },
            insz.map { ("/insz", .insz($0)) },
        ].compactMap { $0 as (String, Key)? }
        if given.count != 1, reader.problems.isEmpty {
            reader.refuse("passHolderId", "give exactly one of passHolderId, cardNumber and insz")
        }
        (pointer, key) = given.first ?? ("/passHolderId", .id(.placeholder))
    }
}

extension Call {
    /// The id of the person, who is a member where the caller may do this.
    fileprivate func holder(_ named: NamedHolder) throws -> PassHolderID {
        let row: Row?
        switch named.key {
        case .id(let id):
            row = try transaction.first(
                "select h.id from pass_holder h where h.id = \(id) and \(fragment: isOwn(holder: "h.id"))")
        case .insz(let insz):
            audit.facts.append(("insz", services.keys.auditDigest(of: insz)))
            row = try self.holder(of: insz).flatMap { id in
                try transaction.first(
                    "select h.id from pass_holder h where h.id = \(id) and \(fragment: isOwn(holder: "h.id"))")
            }
            if let id: PassHolderID = try row?["id"] { try writeRead(.lookUp, of: id) }
        case .cardNumber(let number):
            let card = try transaction.first(
                """
                select c.holder_id, c.status from card c
                where c.number = \(number) and \(fragment: serves(column: "c.card_system_id"))
                """)
            guard let card else { throw Refusal(.cardNotFound, at: named.pointer) }
            guard let holder: PassHolderID = try card["holder_id"] else {
                let status: CardStatus = try card["status"]
                let detail = Reason.Detail("status", .text(status.rawValue))
                throw Refusal(Reason(.cardNotActive, at: named.pointer, detail))
            }
            return holder
        }
        guard let row else { throw Refusal(.passHolderNotFound, at: named.pointer) }
        return try row["id"]
    }

    /// The opportunity status of a person in a card system, locked until the transaction ends.
    func lockedOpportunity(_ named: NamedHolder) throws -> LockedOpportunity {
        try requireCardSystem(named.cardSystem)
        try require(serves(named.cardSystem))
        audit.cardSystem = named.cardSystem
        let holder = try holder(named)
        audit.object(holder)
        let row = try transaction.first(
            """
            select m.id, m.status, m.opportunity_end_date, m.opportunity_suspended_until, s.opportunity_grace_days,
                exists (select from municipality_postal_code p where p.card_system_id = m.card_system_id
                    and p.postal_code = h.postal_code and h.country = 'BE') as lives_in_card_system,
                exists (select from municipality_postal_code p join counter c on c.municipality_id = p.municipality_id
                    where c.id = \(caller.counter?.id) and p.postal_code = h.postal_code and h.country = 'BE')
                    as lives_at_counter
            from membership m join card_system s on s.id = m.card_system_id join pass_holder h on h.id = m.holder_id
            where m.holder_id = \(holder) and m.card_system_id = \(named.cardSystem) for update of m
            """)
        guard let row else { throw Refusal(.passHolderNotFound, at: named.pointer) }
        return try LockedOpportunity(
            row, named, permissions: permissions(in: named.cardSystem), today: Brussels.date(now))
    }
}

/// An opportunity status that is about to change.
struct LockedOpportunity {
    let membership: MembershipID
    let cardSystem: CardSystemID
    let endDate: CivilDate?
    let suspendedUntil: CivilDate?
    let facts: OpportunityFacts

    fileprivate init(_ row: Row, _ named: NamedHolder, permissions: Set<Permission>, today: CivilDate) throws {
        (membership, cardSystem) = (try row["id"], named.cardSystem)
        endDate = try row["opportunity_end_date"]
        suspendedUntil = try row["opportunity_suspended_until"]
        facts = OpportunityFacts(
            status: OpportunityStatus(
                endDate: endDate, suspendedUntil: suspendedUntil, graceDays: try row["opportunity_grace_days"],
                on: today),
            membership: try row["status"], permissions: permissions,
            livesInCardSystem: try row["lives_in_card_system"], livesAtCounter: try row["lives_at_counter"])
    }

    /// Writes the status and what became of it, and tells the membership as it is then.
    func change(
        _ kind: OpportunityChange.Kind, endDate: CivilDate?, suspendedUntil: CivilDate?, reason: String? = nil,
        in call: Call
    ) throws -> MembershipRecord {
        let change = OpportunityChange(
            kind: kind, membership: membership, cardSystem: cardSystem, previousEndDate: self.endDate,
            endDate: endDate, suspendedUntil: suspendedUntil, reason: reason, counter: call.caller.counter?.id)
        call.audit.changedFields = ["opportunityStatus"]
        try call.transaction.run(
            [
                """
                update membership set opportunity_end_date = \(endDate),
                    opportunity_suspended_until = \(suspendedUntil), changed_at = \(call.now), version = version + 1
                where id = \(membership)
                """
            ] + change.statements(in: call))
        return try record(in: call)
    }

    func record(in call: Call) throws -> MembershipRecord {
        let row = try call.transaction.query("\(fragment: MembershipRecord.select) where m.id = \(membership)")[0]
        return try MembershipRecord(row: row, today: Brussels.date(call.now))
    }
}
