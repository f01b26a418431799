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

    /// What the new card costs; `nil` without one.
    func quote(_ sale: PassSaleParams, in call: Call) throws -> PassQuote? {
        guard let card = request.card else { return nil }
        let row = try call.acrossCardSystems {
            try call.transaction.query(
                "select date_of_birth, country, postal_code from pass_holder where id = \(reading.holder)")[0]
        }
        let isBelgian = try row["country"] == Country.belgium
        let stored = isBelgian ? BelgianPostalCode(text: try row["postal_code"]) : nil
        return try call.quote(
            PassQuoteRequest(
                cardSystem: cardSystem, reason: priceReason, cardType: card.type, hasOpportunity: isOpportunity,
                dateOfBirth: try row["date_of_birth"],
                postalCode: request.newAddress.map(\.belgianPostalCode) ?? stored, voucherCode: sale.voucherCode),
            toSell: true)
    }

    /// - Returns: The card that was issued.
    func write(_ quote: PassQuote?, in call: Call) throws -> CardIssue? {
        let issue = try request.card.map { _ in
            try CardIssue(
                reading.issue.card, isOpportunity: isOpportunity, of: cardSystem, to: reading.holder,
                at: reading.issue.facts.counter, priceReason, in: call)
        }
        var statements = issue.map { [$0.statement(in: call)] } ?? []
        let existing = reading.membership(of: cardSystem)
        let membership = existing?.id ?? call.newID()
        if let existing {
            statements +=
                Self.end(existing, for: priceReason, in: call) + [
                    """
                    update membership set version = version + 1, changed_at = \(call.now),
                    current_card_id = coalesce(\(issue?.card), current_card_id)\(fragment: status.assignments)
                    where id = \(existing.id)
                    """
                ]
        } else {
            statements.append(
                """
                insert into membership (id, card_system_id, holder_id, current_card_id, opportunity_end_date, since)
                values (\(membership), \(cardSystem), \(reading.holder), \(issue?.card),
                    \(status.endDate), \(call.now))
                """)
        }
        statements += history(of: membership, existing).map { $0.statements(in: call) } ?? []
        if let issue {
            call.audit.told.append(("cardId", .string(issue.card.text)))
            let counter = reading.issue.facts.counter
            statements += quote?.sale(of: issue.card, to: reading.holder, at: counter, in: call) ?? []
        }
        try call.transaction.run(statements)
        return issue
    }

    /// What becomes of the status, as it is written down.
    private func history(of membership: MembershipID, _ existing: HeldMembership?) -> OpportunityChange? {
        if status == .stays || status == .ends && existing?.facts.hasOpportunity != true { return nil }
        return OpportunityChange(
            kind: status == .ends ? .ended : .granted, membership: membership, cardSystem: cardSystem,
            previousEndDate: existing?.endDate, endDate: status.endDate, counter: reading.issue.facts.counter)
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
    let price: Int?

    static let fields: [ResultField<MembershipChanged>] = [
        .init("passHolderId", "The person.") { $0.holder },
        .init("membership", "The membership as it is now.") { $0.membership },
        .init("cardNumber", "The card that was issued, active now.") { $0.cardNumber },
        .init("replacedCardNumber", "The card in the place of which it came; it cannot be used any more.") {
            $0.replacedCardNumber
        },
        .init("priceReason", "What it was done for; the price depends on it.") { $0.priceReason },
        .init("priceCents", "What the new card costs, in cents; absent without one.") { $0.price },
    ]
}

extension MembershipChange: WordParameter {}
extension ReplacementReason: WordParameter {}
