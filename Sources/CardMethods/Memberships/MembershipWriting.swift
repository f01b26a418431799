import CardRules
import JSONRPC
import Postgres

/// Carries out what was decided of a membership: the card that is issued, the membership, the end of the old card.
struct MembershipWriting {
    let reading: MembershipReading
    let request: MembershipRequest
    let priceReason: PriceReason
    let status: StatusChange

    private var cardSystem: CardSystemID { reading.issue.facts.cardSystem }

    /// What a digital card is made as.
    private var isOpportunity: Bool {
        switch status {
        case .granted: true
        case .ends: false
        case .stays: reading.membership(of: cardSystem)?.facts.hasOpportunity ?? false
        }
    }

    /// - Returns: The card that was issued.
    func write(in call: Call) throws -> CardIssue? {
        let issue = try request.card.map { _ in
            try CardIssue(
                reading.issue.card, isOpportunity: isOpportunity, of: cardSystem, to: reading.holder,
                at: reading.issue.facts.counter, priceReason, in: call)
        }
        var statements = issue.map { [$0.statement(in: call)] } ?? []
        if let existing = reading.membership(of: cardSystem) {
            statements +=
                Self.end(existing, for: priceReason, in: call) + [
                    """
                    update membership set version = version + 1,
                    current_card_id = coalesce(\(issue?.card), current_card_id)\(fragment: status.assignments)
                    where id = \(existing.id)
                    """
                ]
        } else {
            statements.append(
                """
                insert into membership (id, card_system_id, holder_id, current_card_id, opportunity_end_date, since)
                values (\(call.newID() as MembershipID), \(cardSystem), \(reading.holder), \(issue?.card),
                    \(status.endDate), \(call.now))
                """)
        }
        if let issue { call.audit.facts.append(("cardId", issue.card.text)) }
        try call.transaction.run(statements)
        return issue
    }

    /// What becomes of the card of a membership in the place of which another comes, or none (MEM-08, R-070).
    static func end(_ membership: HeldMembership, for reason: PriceReason, in call: Call) -> [SQL] {
        guard let card = membership.card, let status = membership.cardStatus else { return [] }
        return ReplacementRules.steps(toEnd: status, for: reason).map {
            call.taking($0, with: "c.id = \(card)", counter: .at(call.caller.counter?.id), reason: reason.rawValue)
        }
    }
}

extension StatusChange {
    /// The last entitled day of a status that is granted.
    fileprivate var endDate: CivilDate? { if case .granted(let endDate) = self { endDate } else { nil } }

    /// For `update membership set …`, after others.
    fileprivate var assignments: SQL {
        self == .stays ? "" : ", opportunity_end_date = \(endDate), opportunity_suspended_until = null"
    }
}

extension MembershipDecision {
    /// What is done with the status of the membership that it is about.
    var status: StatusChange { opportunityEndDate.map(StatusChange.granted) ?? .ends }
}

extension Call {
    /// Where somebody lives from now on. The person must be visible: a member.
    func write(_ address: Address, of holder: PassHolderID) throws {
        audit.changedFields.append("address")
        try transaction.execute(
            """
            update pass_holder set street = \(address.street), postal_code = \(address.postalCode),
                city = \(address.city), country = \(address.country), version = version + 1
            where id = \(holder)
            """)
    }

    /// Somebody's membership of an own card system.
    func membership(of holder: PassHolderID, in cardSystem: CardSystemID) throws -> MembershipRecord? {
        try memberships(of: holder).first { $0.cardSystem == cardSystem }
    }
}

/// What became of somebody's membership.
struct MembershipChanged: ResultRecord {
    let holder: PassHolderID
    let membership: MembershipRecord
    let cardNumber: CardNumber?
    let replacedCardNumber: CardNumber?
    let priceReason: PriceReason

    static let fields: [ResultField<MembershipChanged>] = [
        .init("passHolderId", "The person.") { $0.holder },
        .init("membership", "The membership as it is now.") { $0.membership },
        .init("cardNumber", "The card that was issued, active now.") { $0.cardNumber },
        .init("replacedCardNumber", "The card in the place of which it came; it cannot be used any more.") {
            $0.replacedCardNumber
        },
        .init("priceReason", "What it was done for; the price depends on it.") { $0.priceReason },
    ]
}

extension MembershipChange: WordParameter {}
extension ReplacementReason: WordParameter {}
