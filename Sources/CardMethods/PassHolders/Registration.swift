import CardRules
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

    /// Person, membership, card and the account of points.
    func statements(in call: Call) throws -> [SQL] {
        let now = call.now
        // Without `returning`: the person is not visible before the membership is there.
        return [
            try insertHolder(call.services.keys, at: now), card.statement(in: call),
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

    private func insertHolder(_ keys: Keys, at now: Instant) throws -> SQL {
        let (person, request) = (params.person, params.person.request)
        let sealed = try request.insz.map { try keys.sealed($0, of: holder) }
        return """
            insert into pass_holder (id, first_name, name, name_key, first_name_key, date_of_birth, gender, nationality,
                place_of_birth, email, email_key, phone, mobile, street, postal_code, city, country, insz_sealed,
                insz_index, insz_masked, opt_ins, parental_consent, legal_terms_paper, legal_terms_digital,
                registration_counter_id, registered_at)
            values (\(holder), \(person.firstName), \(person.name), \(FoldedText.of(person.name)),
                \(FoldedText.of(person.firstName)), \(request.dateOfBirth), \(request.gender), \(person.nationality),
                \(person.placeOfBirth), \(request.email), \(request.email?.key), \(person.phone), \(request.mobile),
                \(request.address.street), \(request.address.postalCode), \(request.address.city),
                \(request.address.country), \(sealed), \(request.insz.map(keys.index)), \(request.insz?.masked),
                \(OptIn.allCases.filter(request.optIns.contains)), \(request.hasParentalConsent),
                \(person.hasPaperTerms), \(person.hasDigitalTerms), \(counter), \(now))
            """
    }
}
