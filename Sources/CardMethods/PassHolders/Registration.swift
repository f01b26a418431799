import CardRules
import JSONRPC
import Postgres

/// Somebody's registration, as it is written.
struct Registration {
    let holder: PassHolderID
    let membership: MembershipID
    let card: CardIssue
    /// The last entitled day; `nil` without an opportunity status.
    let opportunityEndDate: CivilDate?
    /// `nil` for one without a counter.
    let counter: CounterID?
    let params: PassHolderRegister.Params
    let insz: SealedINSZ?

    /// Person, membership, card and the account of points.
    func statements(in call: Call) throws -> [SQL] {
        let now = call.now
        // Without `returning`: the person is not visible before the membership is there.
        return [
            insertHolder(at: now), card.statement(in: call),
            """
            insert into membership (id, card_system_id, holder_id, current_card_id, opportunity_end_date, since)
            values (\(membership), \(params.cardSystem), \(holder), \(card.card), \(opportunityEndDate), \(now))
            """,
            """
            insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule)
            values (\(LedgerAccountID(at: now)), \(LedgerUnit.point.code), \(PointsAccount.holder.rawValue), \(holder),
                \(PointsAccount.holder.normalSide.rawValue), \(PointsAccount.holder.floorRule.rawValue))
            """,
        ]
    }

    /// What the audit trail says of it.
    func tell(in note: inout AuditNote) {
        note.object(holder)
        note.told.append(("cardId", .string(card.card.text)))
    }

    /// The opportunity status that it gives; `nil` if it gives none.
    var grant: OpportunityChange? {
        opportunityEndDate.map {
            OpportunityChange(
                kind: .granted, membership: membership, cardSystem: params.cardSystem, endDate: $0, counter: counter)
        }
    }

    private func insertHolder(at now: Instant) -> SQL {
        let (person, request) = (params.person, params.person.request)
        return """
            insert into pass_holder (id, first_name, name, name_key, first_name_key, date_of_birth, gender, nationality,
                place_of_birth, email, email_key, phone, mobile, street, postal_code, city, country, insz_sealed,
                insz_index, insz_masked, opt_ins, parental_consent, legal_terms_paper, legal_terms_digital,
                registration_counter_id, registered_at)
            values (\(holder), \(person.firstName), \(person.name), \(FoldedText.of(person.name)),
                \(FoldedText.of(person.firstName)), \(request.dateOfBirth), \(request.gender), \(person.nationality),
                \(person.placeOfBirth), \(request.email), \(request.email?.key), \(person.phone), \(request.mobile),
                \(request.address.street), \(request.address.postalCode), \(request.address.city),
                \(request.address.country), \(insz?.sealed), \(insz?.index), \(insz?.masked),
                \(OptIn.allCases.filter(request.optIns.contains)), \(request.hasParentalConsent),
                \(person.hasPaperTerms), \(person.hasDigitalTerms), \(counter), \(now))
            """
    }
}
