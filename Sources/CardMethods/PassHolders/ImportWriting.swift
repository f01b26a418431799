import CardRules
import Postgres

/// Writes many registrations at once: copied to a table of the transaction's own, as COPY does not write under
/// row-level security, and from there in one statement for each kind of row.
struct ImportWriting {
    let registrations: [Registration]
    let cardSystem: CardSystemID
    let call: Call

    func run() throws {
        if registrations.isEmpty { return }
        let now = call.now
        let columns = Registration.holderColumns(at: now)
        let names = SQL.names(of: columns)
        try call.transaction.run([
            """
            create temporary table imported_holder as
            select \(fragment: names), null::uuid as membership_id, null::uuid as card_id,
                null::text as digital_number, null::date as opportunity_end_date, null::uuid as opportunity_change_id,
                null::uuid as ledger_account_id
            from pass_holder with no data
            """
        ])
        try call.transaction.copy(
            registrations, into: "imported_holder",
            columns + [
                CopyColumn("membership_id") { $0.membership },
                CopyColumn("card_id") { $0.card.card },
                CopyColumn("digital_number") { $0.card.isDigital ? $0.card.number : nil },
                CopyColumn("opportunity_end_date") { $0.opportunityEndDate },
                CopyColumn("opportunity_change_id") { _ in ID<OpportunityChange>(at: now) },
                CopyColumn("ledger_account_id") { _ in LedgerAccountID(at: now) },
            ])
        try call.transaction.run(
            [
                """
                insert into pass_holder (\(fragment: names))
                select \(fragment: names) from imported_holder
                """
            ] + cards + [memberships, accounts, statuses, "drop table imported_holder"])
        for registration in registrations { try writeFurther(registration.params.person, of: registration.holder) }
    }

    private var cards: [SQL] {
        [
            call.bringing(
                .make,
                by: """
                    insert into card (id, card_system_id, number, type, status, counter_id, holder_id, changed_at)
                    select i.card_id, \(cardSystem), i.digital_number, \(CardType.digital), \(CardStep.make.to),
                        i.registration_counter_id, i.id, \(call.now)
                    from imported_holder i where i.digital_number is not null
                    """, counter: .ofCard, reason: PriceReason.firstCard.rawValue),
            call.taking(
                .activate, with: "c.id = i.card_id and i.digital_number is null", among: "imported_holder i",
                changing: "holder_id = i.id", counter: .ofCard, reason: PriceReason.firstCard.rawValue),
        ]
    }

    private var memberships: SQL {
        """
        insert into membership (id, card_system_id, holder_id, current_card_id, opportunity_end_date, since)
        select membership_id, \(cardSystem), id, card_id, opportunity_end_date, \(call.now) from imported_holder
        """
    }

    private var accounts: SQL {
        """
        insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule)
        select ledger_account_id, \(LedgerUnit.point.code), \(PointsAccount.holder.rawValue), id,
            \(PointsAccount.holder.normalSide.rawValue), \(PointsAccount.holder.floorRule.rawValue)
        from imported_holder
        """
    }

    private var statuses: SQL {
        """
        insert into opportunity_change (id, card_system_id, membership_id, at, kind, end_date, account_id, counter_id)
        select opportunity_change_id, \(cardSystem), membership_id, \(call.now), \(OpportunityChange.Kind.granted),
            opportunity_end_date, \(call.caller.accountID), registration_counter_id
        from imported_holder where opportunity_end_date is not null
        """
    }

    /// What few people have.
    private func writeFurther(_ person: PersonParams, of holder: PassHolderID) throws {
        if let note = person.note {
            let member = HolderInCardSystem(holder, in: cardSystem)
            try call.transaction.execute(NoteText.write(note, on: member, at: call.now))
        }
        if let picture = person.picture { _ = try call.write(picture, of: holder) }
    }
}

extension Registration {
    /// The person as `insertHolder` writes one.
    fileprivate static func holderColumns(at now: Instant) -> [CopyColumn<Registration>] {
        identity + address + [
            CopyColumn("insz_sealed") { $0.insz?.sealed },
            CopyColumn("insz_index") { $0.insz?.index },
            CopyColumn("insz_masked") { $0.insz?.masked },
            CopyColumn("opt_ins") { item in OptIn.allCases.filter(item.params.person.request.optIns.contains) },
            CopyColumn("parental_consent") { $0.params.person.request.hasParentalConsent },
            CopyColumn("legal_terms_paper") { $0.params.person.hasPaperTerms },
            CopyColumn("legal_terms_digital") { $0.params.person.hasDigitalTerms },
            CopyColumn("registration_counter_id") { $0.counter },
            CopyColumn("registered_at") { _ in now },
        ]
    }

    private static let identity: [CopyColumn<Registration>] = [
        CopyColumn("id") { $0.holder },
        CopyColumn("first_name") { $0.params.person.firstName },
        CopyColumn("name") { $0.params.person.name },
        CopyColumn("name_key") { FoldedText.of($0.params.person.name) },
        CopyColumn("first_name_key") { FoldedText.of($0.params.person.firstName) },
        CopyColumn("date_of_birth") { $0.params.person.request.dateOfBirth },
        CopyColumn("gender") { $0.params.person.request.gender },
        CopyColumn("nationality") { $0.params.person.nationality },
        CopyColumn("place_of_birth") { $0.params.person.placeOfBirth },
    ]

    private static let address: [CopyColumn<Registration>] = [
        CopyColumn("email") { $0.params.person.request.email },
        CopyColumn("email_key") { $0.params.person.request.email?.key },
        CopyColumn("phone") { $0.params.person.phone },
        CopyColumn("mobile") { $0.params.person.request.mobile },
        CopyColumn("street") { $0.params.person.request.address.street },
        CopyColumn("postal_code") { $0.params.person.request.address.postalCode },
        CopyColumn("city") { $0.params.person.request.address.city },
        CopyColumn("country") { $0.params.person.request.address.country },
    ]
}
